using System.Globalization;
using Lightnix.Hashing;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>
/// The links in the project's <c>bin</c> folder that point into the current choice. What Lightnix made is known by its shape: a link into the folder
/// <c>trees</c> of a store, in one of the ways of <see cref="FolderLinks"/>, or a folder that holds nothing but such links.
/// </summary>
public sealed class ResultLinks
{
    // Of a link or folder that is being exchanged.
    const string TemporaryPrefix = ".lightnix-";

    readonly string _folder;
    readonly Func<Dictionary<string, string>> _others;
    readonly FolderLinks _ways;
    string? _why;

    /// <param name="folder">The link folder, absolute.</param>
    /// <param name="others">Links in it that belong to other projects, with the project's name; asked when it counts. They are left alone.</param>
    public ResultLinks(string folder, Func<Dictionary<string, string>>? others = null)
        : this(folder, others, FolderLinks.Here)
    {
    }

    internal ResultLinks(string folder, Func<Dictionary<string, string>>? others, FolderLinks ways) => (_folder, _others, _ways) = (folder, others ?? (() => []), ways);

    /// <summary>As <see cref="Show"/>, one process after the other: two builds of a project would take each other's half-made links for stale ones.</summary>
    /// <returns>As of <see cref="Show"/>; null also where nothing had to be made.</returns>
    /// <exception cref="StoreException">As of <see cref="Show"/>.</exception>
    public async Task<string?> ShowAsync(IReadOnlyDictionary<string, LinkTarget> trees, LockStore locks, CancellationToken cancellationToken)
    {
        // A build that changes nothing needs no lock, and no store that it may write to.
        if (Shows(trees))
            return null;
        using var held = await locks.AcquireAsync($"links in {_folder}", $"the links in {_folder}", _ => { }, cancellationToken).ConfigureAwait(false);
        return Show(trees);
    }

    /// <summary>Makes the folder show exactly these trees: a link each, or a folder of links <c>1</c> to <c>n</c>; removes links that Lightnix made for anything else, and touches nothing that it did not make.</summary>
    /// <param name="trees">By stage name: absolute folders of trees; plural ones as a list to number.</param>
    /// <returns>Why there are texts in the place of links that this made; null where there are links.</returns>
    /// <exception cref="StoreException">LNX3004: something that Lightnix did not make, or made for another project, has a stage's name, or the folder's own. Nothing of it is lost, and the other links are made all the same.</exception>
    /// <exception cref="StoreException">LNX3003: the folder may not be written to.</exception>
    /// <exception cref="IOException">Some could not be exchanged; the others were.</exception>
    public string? Show(IReadOnlyDictionary<string, LinkTarget> trees)
    {
        if (trees.Count > 0 && FileInTheWay() is { } file)
            throw StorageErrors.FileInPlaceOfLinks(file);
        var failed = new List<Exception>();
        foreach (var stale in Stale(trees))
            Try(() => Remove(Path.Combine(_folder, stale)));
        var taken = new List<string>();
        var others = _others();
        foreach (var (name, target) in trees)
        {
            var path = Path.Combine(_folder, name);
            if (Shows(path, target))
                continue;
            if (others.TryGetValue(name, out var project) && Files.Facts(path) is not null)
                taken.Add($"'{path}' is a link of {project}, which has a stage of that name too and its links in the same folder: set LightnixLinkDir in one of the projects");
            else if (Files.Facts(path) is not null && !IsOurs(path))
                taken.Add($"'{path}' is not a link that Lightnix made, and has the name of a stage: move it away, or set LightnixLinkDir to another folder");
            else if (target.Plural)
                Try(() => ExchangeFolder(path, target.Folders));
            else
                Try(() => ExchangeLink(path, target.Folders.Single()));
        }
        if (failed.Count > 0)
            throw Failed(failed);
        if (taken.Count > 0)
            throw StorageErrors.NamesTaken(taken);
        return _why;

        // One that cannot be exchanged must not leave the others where they were.
        void Try(Action change)
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
    }

    // Names of links in the making mean nothing to people: where rights are missing, the folder is what matters.
    Exception Failed(List<Exception> failed) =>
        Directory.Exists(_folder) && (!Files.MayWrite(_folder) || failed.Exists(e => DiskProblem.Of(e) == DiskProblem.Forbidden))
            ? StorageErrors.ReadOnlyLinks(_folder)
            : new IOException(string.Join("; ", failed.Select(e => e.Message)));

    // Up to the first folder that is there: in most builds, the first.
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
        {
            try
            {
                Remove(Path.Combine(_folder, name));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failed.Add(e);
            }
        }
        if (failed.Count > 0)
            throw new IOException(string.Join("; ", failed.Select(e => e.Message)), failed[0].HResult);
    }

    /// <summary>True where <see cref="Clear"/> would remove something.</summary>
    public bool HasSome => Stale(new Dictionary<string, LinkTarget>()).Count > 0;

    bool Shows(IReadOnlyDictionary<string, LinkTarget> trees) => trees.All(t => Shows(Path.Combine(_folder, t.Key), t.Value)) && Stale(trees).Count == 0;

    static bool Shows(string path, LinkTarget target) => target.Plural ? ShowsFolder(path, target.Folders) : ShowsLink(path, target.Folders.Single());

    List<string> Stale(IReadOnlyDictionary<string, LinkTarget> trees)
    {
        var wanted = trees.Keys.ToHashSet(StringComparer.Ordinal);
        List<string> found = [.. Files.Names(_folder).Where(n => !wanted.Contains(n) && IsOurs(Path.Combine(_folder, n)))];
        if (found.Count == 0)
            return found;
        var others = _others();
        return [.. found.Where(n => !others.ContainsKey(n))];
    }

    static bool ShowsLink(string path, string tree) => FolderLinks.Target(path) == tree;

    static bool ShowsFolder(string path, IReadOnlyList<string> trees) =>
        Files.Facts(path)?.Kind == FileKind.Folder
        && Files.Names(path).ToHashSet(StringComparer.Ordinal).SetEquals(trees.Select((_, i) => Number(i)))
        && trees.Select((tree, i) => FolderLinks.Target(Path.Combine(path, Number(i))) == tree).All(same => same);

    // A new link takes the name in one step: whoever looks sees the former choice or the new one.
    void ExchangeLink(string path, string tree)
    {
        var temporary = NewTemporary();
        _why = _ways.Make(temporary, tree) ?? _why;
        if (Files.Facts(path)?.Kind == FileKind.Folder)
            Remove(path);
        FolderLinks.Rename(temporary, path);
    }

    // A folder cannot take the name of another in one step: for an instant there is none, which is better than two choices side by side.
    void ExchangeFolder(string path, IReadOnlyList<string> trees)
    {
        var temporary = NewTemporary();
        Directory.CreateDirectory(temporary);
        foreach (var (tree, i) in trees.Select((t, i) => (t, i)))
            _why = _ways.Make(Path.Combine(temporary, Number(i)), tree) ?? _why;
        Remove(path);
        FolderLinks.Rename(temporary, path);
    }

    string NewTemporary()
    {
        Directory.CreateDirectory(_folder);
        return Path.Combine(_folder, TemporaryPrefix + Path.GetRandomFileName());
    }

    static bool IsOurs(string path) => Files.Facts(path)?.Kind switch
    {
        FileKind.Link or FileKind.File => IsTree(FolderLinks.Target(path)),
        // An empty one counts only if it was never finished.
        FileKind.Folder when Files.AllNames(path) is { } names =>
            (names.Count > 0 || Path.GetFileName(path).StartsWith(TemporaryPrefix, StringComparison.Ordinal))
            && names.All(n => n.Name is not null && n.Name.All(char.IsAsciiDigit) && IsTree(FolderLinks.Target(Path.Combine(path, n.Name)))),
        _ => false,
    };

    /// <summary>True of the target of a link that Lightnix made. The store itself may have gone.</summary>
    internal static bool IsTree(string? target) =>
        target is not null && Digest.TryParse(Path.GetFileName(target), out _) && Path.GetFileName(Path.GetDirectoryName(target)) == "trees";

    // Links, or a folder of links: nothing here is ever followed.
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
