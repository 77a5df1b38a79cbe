using Lightnix.Builds;
using Lightnix.Model;
using Lightnix.Queries;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A project whose stages a test declares itself, and its store; it is built in this process.</summary>
sealed class OwnProject : IDisposable
{
    public OwnProject()
    {
        Directory.CreateDirectory(Folder);
        Write("data.lnproj", "<Project />");
    }

    /// <summary>The folder around the project and its store.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("lightnix-own-").FullName;

    public string Folder => Path.Combine(Root, "project");

    public string Store => Path.Combine(Root, "store");

    public void Write(string path, string text) => File.WriteAllText(Path.Combine(Folder, path), text);

    /// <summary>Builds these items, and says whether that succeeded and what was reported.</summary>
    public (bool Succeeded, Diagnostic[] Said) Build(string xml, string sandbox)
    {
        var request = new ProjectRequest
        {
            Options = new() { ProjectFile = Path.Combine(Folder, "data.lnproj"), Cores = 2, Sandbox = sandbox },
            Project = new() { Name = "data", Directory = Folder, Items = DeclaredXml.Items(xml, literal: true) },
            Store = Store,
            LinkFolder = Path.Combine(Folder, "bin"),
            IntermediateFolder = Path.Combine(Folder, "obj"),
        };
        var said = new List<Diagnostic>();
        void Note(BuildEvent e)
        {
            if (e is BuildEvent.Diagnosed { Diagnostic: var diagnostic })
                said.Add(diagnostic);
        }
        var built = ProjectBuilds.BuildAsync(request, Note, CancellationToken.None).GetAwaiter().GetResult();
        return (built.Succeeded, [.. said]);
    }

    public void Dispose() => Sh.TryRun("sh", "/", ["-c", $"chmod -R u+w '{Root}'; rm -rf '{Root}'"]);
}
