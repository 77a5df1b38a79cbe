using System.CommandLine;
using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary><c>lightnix prov</c>: where results came from, in a form that other tools read.</summary>
static class ProvCommand
{
    const string RoCrate = "ro-crate", Slsa = "slsa";

    public static Command Create()
    {
        var what = new Argument<string>("what")
        {
            Description = "A stage, the beginning of a reference, or a file or folder, which is found by its content",
        };
        var format = new Option<string>("--format") { Description = "The form: ro-crate or slsa", Required = true };
        format.AcceptOnlyFromAmong(RoCrate, Slsa);
        var folder = new Option<string>("--output", "-o") { Description = "A folder that is empty or does not exist", Required = true };
        var license = new Option<string?>("--license") { Description = "Of ro-crate: under which terms the files may be used" };
        return CommandAction.Create("prov", "Write where results came from as a Workflow Run RO-Crate or as SLSA provenance",
            [what, format, folder, license],
            (p, context) => Run(context, p.GetValue(what)!, p.GetValue(format)!, p.GetValue(folder)!, p.GetValue(license)));
    }

    static int Run(CommandContext context, string what, string format, string output, string? license)
    {
        if (license is not null && format != RoCrate)
            throw new MistakeException("--license belongs to --format ro-crate");
        var folder = Folder(output);
        var tracer = new Tracer(context.Store);
        var named = context.Names.Traced(what, tracer).Results;
        var trace = tracer.OfMade(named);
        if (trace.Results.Take(named.Length).FirstOrDefault(r => r.Run is null || r.Derivation is null) is { } unknown)
            throw new MistakeException($"the records of {unknown.Reference.Short} were collected: nothing is known of its run");
        var files = format == Slsa
            ? new SlsaFiles(trace, context.Store).All()
            : new CrateFiles(trace, [.. named.Select(r => r.Reference())], context.Store, license).All();
        Output.Write(() => ProvenanceFolder.Write(folder, files), $"'{output}'");
        if (context.IsJson)
            Output.Json(JsonValue.Object.Empty.With("folder", folder).With("files", JsonValue.Texts(files.Select(f => f.Path.ToString()))));
        else if (!Output.IsTerminal)
            Output.Rows([], files.Select(f => new[] { f.Path.Under(folder) }));
        else
            Output.Line($"wrote '{folder}': {Quantities.Count(files.Length, "file")}");
        return ExitCodes.Done;
    }

    static string Folder(string output)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        return File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            ? throw new MistakeException($"'{output}' is there already, and not empty: name another folder with -o")
            : folder;
    }
}
