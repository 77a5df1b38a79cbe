using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>The links in the project's <c>bin</c> folder that lead to the current choice. Lightnix knows its own links by their shape: a
/// link into the folder <c>trees</c> of a store, made in one of the ways of <see cref="FolderLinks"/>, or a folder that holds only such
/// links.</summary>
public sealed class ResultLinks
{
    // Of a link or folder before it gets its name.
    const string TemporaryPrefix = ".lightnix-";

    readonly string _folder;
    readonly Func<Dictionary<string, string>> _others;
    readonly FolderLinks _ways;
    string? _why;

    /// <param name="folder">The link folder, absolute.</param>
    /// <param name="others">Links in the folder that belong to other projects, with the project's name. They stay.</param>
    public ResultLinks(string folder, Func<Dictionary<string, string>>? others = null)
        : this(folder, others, FolderLinks.Here)
    {
    }

    internal ResultLinks(string folder, Func<Dictionary<string, string>>? others, FolderLinks ways) =>
        (_folder, _others, _ways) = (folder, others ?? (() => []), ways);

    /// <summary>As <see cref="Show"/>, one process at a time: two builds would take each other's unfinished links for stale ones.</summary>
    /// <returns>As of <see cref="Show"/>; null also where no link had to be made.</returns>
    /// <exception cref="StoreException">As of <see cref="Show"/>.</exception>
    public async Task<string?> ShowAsync(
        IReadOnlyDictionary<string, LinkTarget> trees, LockStore locks, CancellationToken cancellationToken)
    {
        // A build that changes nothing needs no lock, and no store that may be written.
        if (Shows(trees))
            return null;
        using var held = await locks.AcquireAsync($"links in {_folder}", $"the links in {_folder}", _ => { }, cancellationToken)
            .ConfigureAwait(false);
        return Show(trees);
    }

    /// <summary>Makes the folder show exactly these trees: a link for each, or a folder of links <c>1</c> to <c>n</c>. Removes links that
    /// Lightnix made for anything else. What Lightnix did not make stays.</summary>
    /// <param name="trees">By stage name.</param>
    /// <returns>Why text files stand in place of links; null where there are links.</returns>
    /// <exception cref="StoreException">LNX3003: the folder may not be written to. LNX3004: something that is not Lightnix's, or another
    /// project's link, has a stage's name, or the folder's. It stays, and all other links are made.</exception>
    /// <exception cref="IOException">Some could not be exchanged; the others were.</exception>
    public string? Show(IReadOnlyDictionary<string, LinkTarget> trees)
    {
        if (trees.Count > 0 && FileInTheWay() is { } file)
            throw StorageErrors.FileInPlaceOfLinks(file);
        var failed = new List<Exception>();
        foreach (var stale in Stale(trees))
            Try(() => Remove(Path.Combine(_folder, stale)), failed);
        var taken = new List<string>();
        var others = _others();
        foreach (var (name, target) in trees)
        {
            var path = Path.Combine(_folder, name);
            if (Shows(path, target))
                continue;
            if (Obstacle(path, others.GetValueOrDefault(name)) is { } obstacle)
                taken.Add(obstacle);
            else
                Try(() => Exchange(path, target), failed);
        }
        if (failed.Count > 0)
            throw Failed(failed);
        return taken.Count > 0 ? throw StorageErrors.NamesTaken(taken) : _why;
    }

    static string? Obstacle(string path, string? otherProject)
    {
        if (Files.Facts(path) is null)
            return null;
        if (otherProject is not null)
        {
            return $"'{path}' is a link of {otherProject}, which has a stage of that name too and its links in the same folder: "
                + "set LightnixLinkDir in one of the projects";
        }
        return IsOurs(path) ? null
            : $"'{path}' is not a link that Lightnix made, and has the name of a stage: "
                + "move it away, or set LightnixLinkDir to another folder";
    }

    // One that cannot be changed must not stop the others.
    static void Try(Action change, List<Exception> failed)
    {
        try
        {
            change();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failed.Add(e);
        }
    }

    // Where rights are missing, the message names the folder: temporary names mean nothing to people.
    Exception Failed(List<Exception> failed)
    {
        var isForbidden = Directory.Exists(_folder)
            && (!Files.MayWrite(_folder) || failed.Exists(e => DiskProblem.Of(e) == DiskProblem.Forbidden));
        return isForbidden ? StorageErrors.ReadOnlyLinks(_folder) : All(failed);
    }

    static IOException All(List<Exception> failed) => new(string.Join("; ", failed.Select(e => e.Message)), failed[0].HResult);

    // Looks up to the first folder that exists: in most builds, the link folder.
    string? FileInTheWay()
    {
        for (var at = Path.TrimEndingDirectorySeparator(_folder); at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
                return at;
        }
        return null;
    }

    /// <summary>Removes every link that Lightnix made, but for those of other projects.</summary>
    /// <exception cref="IOException">Some could not be removed; the others were.</exception>
    public void Clear()
    {
        var failed = new List<Exception>();
        foreach (var name in Stale(new Dictionary<string, LinkTarget>()))
            Try(() => Remove(Path.Combine(_folder, name)), failed);
        if (failed.Count > 0)
            throw All(failed);
    }

    /// <summary>True where <see cref="Clear"/> would remove something.</summary>
    public bool HasSome => Stale(new Dictionary<string, LinkTarget>()).Count > 0;

    bool Shows(IReadOnlyDictionary<string, LinkTarget> trees) =>
        trees.All(t => Shows(Path.Combine(_folder, t.Key), t.Value)) && Stale(trees).Count == 0;

    static bool Shows(string path, LinkTarget target) =>
        target.Plural ? ShowsFolder(path, target.Folders) : FolderLinks.Target(path) == target.Folders.Single();

    static bool ShowsFolder(string path, IReadOnlyList<string> trees) =>
        Files.Facts(path)?.Kind == FileKind.Folder
        && Files.Names(path).ToHashSet(StringComparer.Ordinal).SetEquals(trees.Select((_, i) => Number(i)))
        && trees.Select((tree, i) => FolderLinks.Target(Path.Combine(path, Number(i))) == tree).All(same => same);

    List<string> Stale(IReadOnlyDictionary<string, LinkTarget> trees)
    {
        var wanted = trees.Keys.ToHashSet(StringComparer.Ordinal);
        List<string> found = [.. Files.Names(_folder).Where(n => !wanted.Contains(n) && IsOurs(Path.Combine(_folder, n)))];
        if (found.Count == 0)
            return found;
        var others = _others();
        return [.. found.Where(n => !others.ContainsKey(n))];
    }

    void Exchange(string path, LinkTarget target)
    {
        Directory.CreateDirectory(_folder);
        var temporary = Path.Combine(_folder, TemporaryPrefix + Path.GetRandomFileName());
        if (target.Plural)
        {
            Directory.CreateDirectory(temporary);
            foreach (var (tree, i) in target.Folders.Select((t, i) => (t, i)))
                Make(Path.Combine(temporary, Number(i)), tree);
        }
        else
        {
            Make(temporary, target.Folders.Single());
        }
        // A link takes the name of a link in one step: a reader sees the former choice or the new one. A folder cannot take another's name
        // in one step. For an instant there is none, which is better than two choices side by side.
        if (target.Plural || Files.Facts(path)?.Kind == FileKind.Folder)
            Remove(path);
        FolderLinks.Rename(temporary, path);
    }

    void Make(string path, string tree) => _why = _ways.Make(path, tree) ?? _why;

    static bool IsOurs(string path) => Files.Facts(path)?.Kind switch
    {
        FileKind.Link or FileKind.File => IsTree(FolderLinks.Target(path)),
        FileKind.Folder => IsOurFolder(path),
        _ => false,
    };

    // An empty folder is Lightnix's only where it was never finished.
    static bool IsOurFolder(string path)
    {
        if (Files.AllNames(path) is not { } names)
            return false;
        if (names.Count == 0)
            return Path.GetFileName(path).StartsWith(TemporaryPrefix, StringComparison.Ordinal);
        return names.All(n => n.Name is not null && n.Name.All(char.IsAsciiDigit)
            && IsTree(FolderLinks.Target(Path.Combine(path, n.Name))));
    }

    /// <summary>True of the target of a link that Lightnix made. The store itself may be gone.</summary>
    internal static bool IsTree(string? target) =>
        target is not null && Digest.TryParse(Path.GetFileName(target), out _)
            && Path.GetFileName(Path.GetDirectoryName(target)) == "trees";

    // A link, or a folder of links. No link is followed.
    static void Remove(string path)
    {
        if (Files.Facts(path)?.Kind == FileKind.Folder)
        {
            foreach (var name in Files.Names(path).ToList())
                FolderLinks.Remove(Path.Combine(path, name));
            Directory.Delete(path);
        }
        else
        {
            FolderLinks.Remove(path);
        }
    }

    static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
