using System.CommandLine;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix import</c>: takes what another store exported.</summary>
static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "An archive of 'lightnix export'; '-' is standard input" };
        // Before a store is made.
        file.Validators.Add(r =>
        {
            if (!ArchiveFile.IsThere(r.GetValueOrDefault<string>()))
                r.AddError($"there is no file '{r.GetValueOrDefault<string>()}'");
        });
        return CommandAction.Create("import", "Verify an archive of another store, and take all of it", [file],
            (p, context) => Run(context, p.GetValue(file)!), makesStore: true);
    }

    static int Run(CommandContext context, string file)
    {
        var report = Import(context.Store, file);
        if (context.IsJson)
            Output.Json(JsonValue.Object.Empty
                .With("results", JsonValue.Texts(report.Results.Select(r => r.Reference().ToString())))
                .With("runs", report.Runs).With("newRuns", report.NewRuns).With("trees", report.Trees).With("newTrees", report.NewTrees)
                .With("newBytes", report.NewBytes));
        else
            Show(context.Store, report);
        return ExitCodes.Done;
    }

    static ImportReport Import(Store store, string file)
    {
        using var archive = ArchiveFile.Open(file);
        using var progress = new ReadingProgress(Output.Err, !Console.IsErrorRedirected, TimeProvider.System);
        return store.Archives.Import(archive, file, progress.Report);
    }

    static string[] Row(Store store, Realization result)
    {
        var run = store.Records.History(result.Resolved).FirstOf(result.Tree);
        var stage = run is null ? null : store.Records.Find(run.Facts.Derivation)?.Name.ToString();
        return [stage ?? "", Output.IsTerminal ? result.Reference().Short : result.Reference().ToString()];
    }

    static void Show(Store store, ImportReport report)
    {
        Output.Rows(["stage", "realization"], report.Results.Select(r => Row(store, r)));
        if (!Output.IsTerminal)
            return;
        Output.Line(string.Create(CultureInfo.InvariantCulture, $"new in '{store.Folder}': {report.NewRuns} of "
            + $"{Quantities.Count(report.Runs, "run")}, {report.NewTrees} of {Quantities.Count(report.Trees, "tree")} with "
            + $"{Quantities.Text(report.NewBytes)}"));
    }
}
