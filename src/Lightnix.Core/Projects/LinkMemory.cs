using Lightnix.Storage;

namespace Lightnix.Projects;

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
    /// <returns>What may not be done here, as sentences: links that stay behind, or a note that is not written. The links themselves can be made all the same.</returns>
    public IReadOnlyList<string> Move(string folder, IEnumerable<string> names)
    {
        var former = LinkNote.Read(_file);
        var now = LinkNote.Of(projectFile, intermediateFolder, folder, names);
        if (former?.Says(now) == true)
            return [];
        var problems = new List<string>();
        if (former is not null && former.FolderFor(projectFile) != now.FolderFor(projectFile))
            Try($"the links in '{former.FolderFor(projectFile)}' stay, because they could not be removed", () => Clear(former));
        Try($"'{_file}' could not be written, so the next build does not know which links are this project's", () =>
        {
            Directory.CreateDirectory(intermediateFolder);
            // Again: the folder may have been made just now.
            File.WriteAllBytes(_file, LinkNote.Of(projectFile, intermediateFolder, folder, now.Names).ToBytes());
        });
        return problems;

        void Try(string problem, Action change)
        {
            try
            {
                change();
            }
            catch (Exception e) when (DiskProblem.Of(e) == DiskProblem.Forbidden)
            {
                problems.Add(problem);
            }
        }
    }

    /// <summary>Links that other projects, whose files are beside this one's, have in a folder: which project by name of the link.</summary>
    public Dictionary<string, string> Others(string folder)
    {
        var others = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (project, note) in Notes().Where(n => n.Note.FolderFor(projectFile) == Path.TrimEndingDirectorySeparator(folder)))
        {
            foreach (var name in note.Names)
                others[name] = project;
        }
        return others;
    }

    /// <summary>Removes the links that were made last, and those in the folder where the next build would make them.</summary>
    public void Clear(string folder)
    {
        var former = LinkNote.Read(_file);
        Clear(former);
        // Where the note is a copy, what is there is the original's.
        if (former is null || former.FolderFor(projectFile) != Path.TrimEndingDirectorySeparator(folder))
            Remove(folder);
    }

    void Clear(LinkNote? former)
    {
        if (former?.IsOf(projectFile, intermediateFolder) == true)
            Remove(former.FolderFor(projectFile));
    }

    void Remove(string folder) => new ResultLinks(folder, () => Others(folder)).Clear();

    /// <summary>True where <see cref="Clear(string)"/> or <see cref="Forget"/> would remove something.</summary>
    public bool HasSome(string folder) => File.Exists(_file) || new ResultLinks(folder, () => Others(folder)).HasSome;

    /// <summary>
    /// True when a build of this project file wrote here. A root in the store is known by the project's path alone, and outlives the project:
    /// another project at the same path has an <c>obj</c> of its own.
    /// </summary>
    public bool WasBuilt => LinkNote.Read(_file) is { Project: var project } && (project.Length == 0 || project == projectFile);

    /// <summary>
    /// Another project file of the same name that writes to the same folder: the two would take each other's links and copies. Null where there is none.
    /// A copy of a folder has another inode, and a folder below the project's own is nobody else's: the project was moved.
    /// </summary>
    public string? Rival => LinkNote.Read(_file) is { Project: { Length: > 0 } other } note && other != projectFile
        && note.IsWrittenIn(intermediateFolder)
        && !intermediateFolder.StartsWith(Path.GetDirectoryName(projectFile) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        && Files.Facts(other, follow: true)?.Inode is { } inode && inode != Files.Facts(projectFile, follow: true)?.Inode
            ? other : null;

    /// <summary>True when another project remembers something in the same place.</summary>
    public bool IsShared => Notes().Any();

    /// <summary>Forgets this project.</summary>
    /// <returns>False where <see cref="IsShared"/>.</returns>
    public bool Forget()
    {
        // There may be no folder either.
        if (File.Exists(_file))
            File.Delete(_file);
        return !IsShared;
    }

    // Of projects that are still there: what one left behind that was deleted or renamed belongs to nobody.
    IEnumerable<(string Project, LinkNote Note)> Notes()
    {
        var folder = Path.GetDirectoryName(projectFile)!;
        return from name in Files.Names(intermediateFolder)
               where name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)
               let project = name[Prefix.Length..^Suffix.Length]
               where project != Path.GetFileName(projectFile) && File.Exists(Path.Combine(folder, project))
               let note = LinkNote.Read(FileOf(intermediateFolder, project))
               where note is not null
               select (project, note);
    }

    static string FileOf(string folder, string project) => Path.Combine(folder, Prefix + project + Suffix);
}
