using System.CommandLine;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix export</c>: results with all that they were made from, as one file.</summary>
static class ExportCommand
{
    const int MostListed = 5;

    public static Command Create()
    {
        var what = new Argument<string[]>("what")
        {
            Description = "Stages, the beginnings of references, or files and folders, which are found by their content",
            Arity = ArgumentArity.OneOrMore,
        };
        var file = new Option<string>("--output", "-o") { Description = "The archive; '-' is standard output", Required = true };
        return CommandAction.Create("export", "Write results with all that they were made from into one archive", [what, file],
            (p, context) => Run(context, p.GetValue(what)!, p.GetValue(file)!));
    }

    static int Run(CommandContext context, string[] what, string file)
    {
        if (context.IsJson && file == "-")
            throw new MistakeException("the archive and the JSON value cannot both go to standard output: name a file with -o");
        var closure = Closure(context, what);
        // What was asked for must be whole. Of its inputs, intermediate stages keep no files.
        if (closure.Results.FirstOrDefault(closure.Collected.Contains) is { } lost)
            throw new MistakeException($"the files of {lost.Reference().Short} were collected: build the project, which makes them again, "
                + "or export what is there");
        var size = ArchiveFile.Write(file, stream => Write(context.Store, closure, stream));
        if (context.IsJson)
            Output.Json(Json(closure, file, size));
        else if (file != "-" && Output.IsTerminal)
            Show(closure, file, size);
        else if (file != "-")
            Output.Rows([], [[Path.GetFullPath(file), size.ToString(CultureInfo.InvariantCulture)]]);
        return ExitCodes.Done;
    }

    static Closure Closure(CommandContext context, string[] what)
    {
        var closures = new Closures(context.Store);
        var stages = what.Select(w => Stages(context, w)).ToImmutableArray();
        if (stages.All(s => !s.IsEmpty))
            return closures.OfStages(stages.SelectMany(all => all).Select(s => (s.Root, s.Selection)));
        var tracer = new Tracer(context.Store);
        // It names a stage without a result.
        ImmutableArray<Realization> results =
            [.. what.Where((_, i) => stages[i].IsEmpty).SelectMany(w => context.Names.Traced(w, tracer).Results)];
        return stages.All(s => s.IsEmpty) ? closures.Of(results)
            : throw new MistakeException("an archive is of stages or of results: name either");
    }

    // A pattern, or the name of a matrix, means several.
    static ImmutableArray<NamedStage> Stages(CommandContext context, string text) =>
        context.Names.Stage(text) is { } stage ? [stage] : [.. new MeantStages(context, text).Chosen];

    static void Write(Store store, Closure closure, Stream stream)
    {
        using var progress = new ReadingProgress(Output.Err, !Console.IsErrorRedirected, TimeProvider.System);
        new ArchiveWriting(store.Tool, progress.Report).Write(closure, stream);
    }

    static JsonValue.Object Json(Closure closure, string file, long size) => JsonValue.Object.Empty
        .With("file", file).With("size", size)
        .With("results", JsonValue.Texts(closure.Results.Select(r => r.Reference().ToString())))
        .With("runs", closure.Runs)
        .With("trees", JsonValue.Texts(closure.Trees.Select(t => t.ToString())))
        .With("collected", JsonValue.Texts(closure.Collected.Select(r => r.Reference().ToString())));

    static void Show(Closure closure, string file, long size)
    {
        string[] parts =
        [
            Quantities.Count(closure.Results.Length, "result"), Quantities.Count(closure.Runs, "run"),
            $"{Quantities.Count(closure.Trees.Length, "tree")} with {Quantities.Text(closure.Size)}",
        ];
        Output.Line($"wrote '{file}', {Quantities.Text(size)}: {string.Join(", ", parts)}");
        if (!closure.Collected.IsEmpty)
            Output.Line("records only, because the files are not in the store: "
                + Listed.First(MostListed, closure.Collected.Select(r => r.Reference().Short)));
    }
}
