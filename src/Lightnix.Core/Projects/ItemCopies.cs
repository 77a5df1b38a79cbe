using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Copies of stored files below <c>obj</c>, for tools that compare times or write into what they read. The time of a copy is that
/// of the copying, so it moves with every new choice, an older result included. The folder holds nothing else.</summary>
/// <param name="intermediateFolder">Of the project; absolute. Projects whose files are in one folder share it.</param>
/// <param name="projectFile">Whose copies these are.</param>
/// <param name="kind">The name of a folder: copies of one kind are placed together.</param>
public sealed class ItemCopies(string intermediateFolder, string projectFile, string kind)
{
    /// <summary>Copies of promised files that have an item type.</summary>
    public const string Items = "items";

    /// <summary>Copies of all promised files, for a project that asks for them.</summary>
    public const string Artifacts = "artifacts";

    // The compiler, analyzers and `dotnet format` read it for all files below its folder. In generated code, the compiler asks for a
    // directive before annotations of nullable types (CS8669); the same code without the mark needs none.
    static readonly byte[] GeneratedCode =
        "root = true\n\n[*]\ngenerated_code = true\ndotnet_diagnostic.CS8669.severity = none\n"u8.ToArray();
    static readonly RelativePath GeneratedCodePath = RelativePath.Parse(".editorconfig");
    readonly string _folder = Path.Combine(intermediateFolder, kind, Path.GetFileName(projectFile));
    readonly Disk _disk = new();

    /// <summary>Of the store whose files are copied.</summary>
    public ToolCommands Tool { get; init; } = new("");
    string CacheFile => _folder + ".digests";
    string TemporaryPrefix => Path.GetFileName(_folder) + ".new-";

    public string PathOf(RelativePath copy) => copy.Under(_folder);

    /// <summary>Makes the folder hold exactly these copies. A copy that has its content already keeps its time.</summary>
    /// <param name="copies">Each with another path.</param>
    /// <param name="areCode">Whether a compiler reads some of them: then analyzers and formatters are asked to pass them over.</param>
    /// <exception cref="StoreException">LNX3001: a stored file is not what it was.</exception>
    public async Task PlaceAsync(ImmutableArray<ItemCopy> copies, bool areCode, LockStore locks, CancellationToken cancellationToken)
    {
        if (copies.IsEmpty && Files.Facts(_folder) is null)
            return;
        using var digests = new WorkingTree(CacheFile, ImmutableDictionary<ProgramProject, (string, string)>.Empty);
        var wanted = copies.ToImmutableSortedDictionary(c => c.Path, c => c);
        if (!Stale(wanted, areCode).Any() && wanted.Values.All(c => IsPlaced(c, digests)) && (!areCode || IsMarked()))
            return;
        using var held = await LockAsync(locks, cancellationToken).ConfigureAwait(false);
        SweepTemporary();
        foreach (var stale in Stale(wanted, areCode).ToList())
            _disk.DeleteAll(stale);
        if (wanted.Count == 0)
        {
            Clear();
            return;
        }
        foreach (var copy in wanted.Values.Where(c => !IsPlaced(c, digests)).ToList())
            Place(copy, cancellationToken);
        if (areCode)
            Mark();
    }

    /// <summary>Makes missing copies, and leaves all others as they are: for design-time builds.</summary>
    /// <exception cref="StoreException">As of <see cref="PlaceAsync"/>.</exception>
    public async Task PlaceMissingAsync(ImmutableArray<ItemCopy> copies, bool areCode, LockStore locks, CancellationToken cancellationToken)
    {
        if (copies.All(Exists) && (!areCode || IsMarked()))
            return;
        using var held = await LockAsync(locks, cancellationToken).ConfigureAwait(false);
        foreach (var copy in copies.Where(c => !Exists(c)))
            Place(copy, cancellationToken);
        if (areCode)
            Mark();
    }

    /// <summary>Whether something is there, whatever its content.</summary>
    public bool Exists(ItemCopy copy) => Files.Facts(PathOf(copy.Path)) is { Kind: FileKind.File };

    /// <summary>True where <see cref="Clear"/> would remove something.</summary>
    public bool HasSome => Files.Facts(_folder) is not null || Files.Facts(CacheFile) is not null;

    public void Clear()
    {
        _disk.DeleteAll(_folder);
        SweepTemporary();
        if (Files.Facts(CacheFile) is not null)
            _disk.Delete(CacheFile);
    }

    Task<IDisposable> LockAsync(LockStore locks, CancellationToken cancellationToken) =>
        locks.AcquireAsync($"copies in {_folder}", $"the copies in {_folder}", _ => { }, cancellationToken);

    // Files and links that no copy is called as, folders that no copy is in, and folders where a copy belongs. Links are not followed.
    IEnumerable<string> Stale(ImmutableSortedDictionary<RelativePath, ItemCopy> wanted, bool areCode)
    {
        var folders = wanted.Keys.SelectMany(Above).ToHashSet();
        return Below(RelativePath.Root);

        IEnumerable<string> Below(RelativePath folder)
        {
            foreach (var path in Files.Names(PathOf(folder)).Select(folder.Append))
            {
                var isFolder = Files.Facts(PathOf(path))?.Kind == FileKind.Folder;
                if (isFolder ? !folders.Contains(path) : !wanted.ContainsKey(path) && !(areCode && path == GeneratedCodePath))
                    yield return PathOf(path);
                foreach (var below in isFolder && folders.Contains(path) ? Below(path) : [])
                    yield return below;
            }
        }
    }

    static IEnumerable<RelativePath> Above(RelativePath path)
    {
        for (var above = path.Parent; !above.IsRoot; above = above.Parent)
            yield return above;
    }

    bool IsPlaced(ItemCopy copy, WorkingTree digests) =>
        Exists(copy) && digests.File(PathOf(copy.Path)) is { } there && there.Digest == copy.Content
        && (!FileModes.Exist || there.Executable == copy.Executable);

    void Mark()
    {
        if (!IsMarked())
            Files.Replace(PathOf(GeneratedCodePath), GeneratedCode);
    }

    bool IsMarked() => Files.TryRead(PathOf(GeneratedCodePath)) is { } bytes && bytes.AsSpan().SequenceEqual(GeneratedCode);

    // A reader of the copy has the former content or this one.
    void Place(ItemCopy copy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var temporary = Path.Combine(Path.GetDirectoryName(_folder)!, TemporaryPrefix + Path.GetRandomFileName());
        _disk.MakeFolder(Path.GetDirectoryName(PathOf(copy.Path))!);
        var copied = _disk.Copy(copy.File, temporary, cancellationToken: cancellationToken)
            ?? throw StorageErrors.Damaged(copy.File, "is missing", Tool.RepairCure);
        if (copied.Digest != copy.Content)
        {
            _disk.Delete(temporary);
            throw StorageErrors.Damaged(copy.File, "was changed", Tool.RepairCure);
        }
        if (copy.Executable)
            _disk.SetMode(temporary, Disk.WritableFolder);
        _disk.Replace(temporary, PathOf(copy.Path));
    }

    // Of builds that were killed. While the lock is held, no other build writes.
    void SweepTemporary()
    {
        var parent = Path.GetDirectoryName(_folder)!;
        foreach (var name in Files.Names(parent).Where(n => n.StartsWith(TemporaryPrefix, StringComparison.Ordinal)))
            _disk.Delete(Path.Combine(parent, name));
    }
}
