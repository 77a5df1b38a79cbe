using System.Text;

namespace Lightnix.Storage;

/// <summary>
/// Remembers in which folder the links of a project are, so that they do not stay behind when its author names another, and which they are, so that
/// projects that share a folder leave each other's alone.
/// </summary>
/// <param name="intermediateFolder">Of the project; absolute. Projects whose files are in one folder share it.</param>
/// <param name="projectFile">Of the project.</param>
public sealed class LinkMemory(string intermediateFolder, string projectFile)
{
    // The ending of no project: whoever looks for all projects below a folder would find these.
    const string Prefix = "links of ", Suffix = ".txt";

    readonly string _file = FileOf(intermediateFolder, Path.GetFileName(projectFile));

    /// <summary>Notes where links are now, and which, and removes those of the former place. Writes nothing where it is the same.</summary>
    public void Move(string folder, IEnumerable<string> names)
    {
        string[] now = [folder, .. names.Order(StringComparer.Ordinal)];
        var former = Lines(_file);
        if (former.SequenceEqual(now))
            return;
        if (former.Length > 0 && !Same(former[0], folder))
            Clear();
        Directory.CreateDirectory(intermediateFolder);
        File.WriteAllText(_file, string.Join('\n', now));
    }

    /// <summary>Links that other projects, whose files are beside this one's, have in a folder: which project by name of the link.</summary>
    public Dictionary<string, string> Others(string folder)
    {
        var others = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (project, lines) in Notes())
        {
            foreach (var name in lines.Length > 0 && Same(lines[0], folder) ? lines[1..] : [])
                others[name] = project;
        }
        return others;
    }

    /// <summary>Removes the links that were made last.</summary>
    public void Clear()
    {
        if (Lines(_file) is [var former, ..] && Path.IsPathFullyQualified(former))
            new ResultLinks(former, () => Others(former)).Clear();
    }

    /// <summary>Forgets this project.</summary>
    /// <returns>False when another project still remembers something in the same place.</returns>
    public bool Forget()
    {
        // There may be no folder either.
        if (File.Exists(_file))
            File.Delete(_file);
        return !Notes().Any();
    }

    // Of projects that are still there: what one left behind that was deleted or renamed belongs to nobody.
    IEnumerable<(string Project, string[] Lines)> Notes()
    {
        var folder = Path.GetDirectoryName(projectFile)!;
        return Files.Names(intermediateFolder)
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Suffix, StringComparison.Ordinal))
            .Select(n => n[Prefix.Length..^Suffix.Length])
            .Where(project => project != Path.GetFileName(projectFile) && File.Exists(Path.Combine(folder, project)))
            .Select(project => (project, Lines(FileOf(intermediateFolder, project))));
    }

    static string FileOf(string folder, string project) => Path.Combine(folder, Prefix + project + Suffix);

    static bool Same(string a, string b) => Path.TrimEndingDirectorySeparator(a) == Path.TrimEndingDirectorySeparator(b);

    static string[] Lines(string file) => Files.TryRead(file) is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\n') : [];
}
