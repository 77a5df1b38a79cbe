using System.Diagnostics;
using System.Xml.Linq;
using Lightnix.Builds;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Torture;

/// <summary>A folder with projects and a store, deleted whatever is in it, and what is asked of every store after every torment.</summary>
sealed class World : IDisposable
{
    public World()
    {
        Folder = Directory.CreateTempSubdirectory("lightnix-torture-").FullName;
        // Other users work in it, too.
        Sh($"chmod 777 '{Folder}'");
        File.WriteAllText(RunLog, "");
        Sh($"chmod 666 '{RunLog}'");
    }

    public string Folder { get; }

    /// <summary>To which builders append what they begin and end.</summary>
    public string RunLog => Path.Combine(Folder, "runs");

    public string this[string path] => Path.Combine(Folder, path);

    public string Write(string name, IEnumerable<XElement> items)
    {
        var folder = Directory.CreateDirectory(this[name]).FullName;
        var project = Path.Combine(folder, name + ".lnproj");
        new XElement("Project", items.ToArray<object>()).Save(project);
        return project;
    }

    /// <summary>The command of a builder that writes into the run log when it begins and ends.</summary>
    public string Logged(string label, string command) =>
        $"echo \"B {label}=@{{seed}} ${{TORTURE_WORKER:-none}} $$\" >> {RunLog}\n{command}\necho \"E {label}=@{{seed}} "
            + $"${{TORTURE_WORKER:-none}} $$\" >> {RunLog}";

    /// <summary>Builds in this process: what was said when it failed (null: it succeeded), and how many runs were made.</summary>
    public static (string? Errors, int Ran) Build(string project, string store, string links)
    {
        var said = new List<string>();
        var result = ProjectBuilds.BuildAsync(Projects.Request(project, store, links), e =>
        {
            if (e is BuildEvent.Diagnosed d)
                said.Add(d.Diagnostic.ToString());
        }, CancellationToken.None).GetAwaiter().GetResult();
        return (result.Succeeded ? null : string.Join(" | ", said), result.Ran);
    }

    /// <summary>Verification finds nothing.</summary>
    public static void IsClean(string store, Tally tally, string when)
    {
        using var opened = Store.Open(store);
        foreach (var damage in opened.Maintenance.Verify())
            tally.Lose($"{when}: {damage.Place} {damage.Problem}");
    }

    /// <summary>Nothing unfinished is left; no process may be at work.</summary>
    /// <param name="ofOneUser">False: the file of a lock may stay, which another user left who was killed. It locks nothing, and only he
    /// may delete it.</param>
    public static void IsSwept(string store, Tally tally, string when, bool ofOneUser = true)
    {
        var left = Sh(
            $"cd '{store}'; find work {(ofOneUser ? "locks" : "")} -mindepth 1 ! -name sessions; find trees -mindepth 1 -maxdepth 1 -name "
            + "'.*'");
        tally.Expect(left.Length == 0, $"{when}: left behind {left.ReplaceLineEndings(" ")[..Math.Min(left.Length, 300)]}");
    }

    /// <summary>
    /// Builders of the killed go on for a moment; what they write into cannot be swept, and its file system not unmounted, as long.
    /// </summary>
    public void WaitForBuilders()
    {
        for (var left = 100; left > 0 && new Torture.RunLog(RunLog).Open().Any(o => Directory.Exists($"/proc/{o.Process}")); left--)
            Thread.Sleep(50);
    }

    public static string Sh(string script)
    {
        var start = new ProcessStartInfo("sh", ["-euc", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd()
            : throw new InvalidOperationException($"exit code {process.ExitCode}: {script}\n{output}{error.Result}");
    }

    public void Dispose() => Native.DeleteAll(Folder);
}
