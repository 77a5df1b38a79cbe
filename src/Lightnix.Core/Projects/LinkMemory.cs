using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Remembers the links of a project and their folder, so that links do not stay behind when the project names another folder, and
/// projects that share a folder leave each other's links alone.</summary>
/// <param name="intermediateFolder">Of the project; absolute. Projects whose files are in one folder share it.</param>
/// <param name="projectFile">Of the project.</param>
public sealed class LinkMemory(string intermediateFolder, string projectFile)
{
    // No project file ends like this: a search for all projects below a folder must not find notes.
    const string Prefix = "links of ", Suffix = ".txt";

    readonly string _file = FileOf(intermediateFolder, Path.GetFileName(projectFile));

    /// <summary>Notes where links are now, and which, and removes those of the former place. Writes only what changed.</summary>
    /// <returns>Sentences for hints: links that could not be removed, a note that could not be written. New links can be made all the
    /// same.</returns>
    public IReadOnlyList<string> Move(string folder, IEnumerable<string> names)
    {
        var former = LinkNote.Read(_file);
        var now = LinkNote.Of(projectFile, intermediateFolder, folder, names);
        if (former?.Says(now) == true)
            return [];
        var problems = new List<string>();
        var place = former?.FolderFor(projectFile);
        if (former is not null && place != now.FolderFor(projectFile))
            Try($"the links in '{place}' stay, because they could not be removed", () => Clear(former));
        Try($"'{_file}' could not be written, so the next build does not know which links are this project's", () =>
        {
            Directory.CreateDirectory(intermediateFolder);
            // Made again: the folder, and so its inode, may be new.
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

    /// <summary>Links of other projects beside this one in a folder: the project by the link's name.</summary>
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
        // Where the note is a copy, the links in its folder are the original's.
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

    /// <summary>True when a build of this project file wrote here. A root in the store is known by the project's path alone and outlives
    /// the project; another project at the same path has an <c>obj</c> of its own.</summary>
    public bool WasBuilt => LinkNote.Read(_file) is { Project: var project } && (project.Length == 0 || project == projectFile);

    /// <summary>Another project file of the same name that writes to the same folder, where the two would take each other's links and
    /// copies; null where there is none. A copy of a folder has another inode. A project whose own folder holds this one was
    /// moved.</summary>
    public string? Rival
    {
        get
        {
            var note = LinkNote.Read(_file);
            if (note is not { Project: { Length: > 0 } other } || other == projectFile || !note.IsWrittenIn(intermediateFolder))
                return null;
            if (intermediateFolder.StartsWith(Path.GetDirectoryName(projectFile) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                return null;
            var inode = Files.Facts(other, follow: true)?.Inode;
            return inode is not null && inode != Files.Facts(projectFile, follow: true)?.Inode ? other : null;
        }
    }

    /// <summary>True when another project has a note in the same folder.</summary>
    public bool IsShared => Notes().Any();

    /// <summary>Deletes this project's note.</summary>
    /// <returns>False where <see cref="IsShared"/>.</returns>
    public bool Forget()
    {
        // The folder may be missing too.
        if (File.Exists(_file))
            File.Delete(_file);
        return !IsShared;
    }

    // Of projects that exist: links of a project that was deleted or renamed belong to none.
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
