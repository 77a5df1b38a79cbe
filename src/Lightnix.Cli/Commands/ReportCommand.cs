using System.CommandLine;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix report</c>: writes a page about a project that opens anywhere.</summary>
static class ReportCommand
{
    public static Command Create()
    {
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; else PROJECT.report.html here" };
        return CommandAction.Create(
            "report", "One HTML file about a project: graph, stages, runs, origins and logs; it needs no network", [output],
            (p, context) =>
            {
                var root = OneRoot.Of(context);
                var file = Path.GetFullPath(p.GetValue(output) ?? $"{Path.GetFileNameWithoutExtension(root.Project)}.report.html");
                var report = new ReportQuery(context.Store).Of(root);
                Write(file, new ReportPage(report, context.Now).Text());
                if (PageBundle.Script is null)
                    Output.Error(NoLibraries);
                if (context.IsJson)
                    Output.Json(JsonValue.Object.Empty.With("project", root.Project).With("file", file));
                else
                    Output.Line(file);
                return ExitCodes.Done;
            });
    }

    // In a form that a build reads.
    const string NoLibraries = "warning LNX5005: this lightnix was packed without the libraries of the report: the page has tables, but no "
        + "drawing and no plots; pack it again with Node.js and npm ('./build pack'), or install another one";

    // A reader of the file sees the old page or the new one.
    static void Write(string file, string text)
    {
        try
        {
            WholeFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MistakeException($"the report '{file}' cannot be written ({e.Message}): name another file with -o");
        }
    }
}
