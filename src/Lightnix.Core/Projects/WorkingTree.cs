using System.Collections.Concurrent;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Reads sources, imports and programs of the working tree. Its cache of digests trusts files with an unchanged inode.</summary>
public sealed class WorkingTree : IContents, IDisposable
{
    readonly DigestCache _cache;
    readonly IReadOnlyDictionary<ProgramProject, (string Folder, string Entry)> _programs;
    readonly WrittenFiles _written;
    readonly bool _remember;
    readonly CancellationToken _cancelled;

    /// <param name="cacheFile">Where digests are remembered (below <c>obj</c>); it may be deleted at any time.</param>
    /// <param name="programs">Built ones: output folder and entry file name.</param>
    /// <param name="remember">Whether what is read now is remembered, too.</param>
    /// <param name="lists">The project's <c>obj</c>, where builds list what they write; null: there is none.</param>
    /// <param name="never">Folders of the project that only builds write to; absolute.</param>
    public WorkingTree(
        string cacheFile,
        IReadOnlyDictionary<ProgramProject, (string Folder, string Entry)> programs,
        bool remember = true,
        string? lists = null,
        ImmutableArray<string> never = default,
        CancellationToken cancellationToken = default)
    {
        _cancelled = cancellationToken;
        _written = new(lists, never.IsDefault ? [] : never, (path, facts) => Hash(path, facts)?.Digest);
        _remember = remember;
        _cache = new(cacheFile);
        _programs = programs;
    }

    /// <summary>How many files were read because the cache did not know them.</summary>
    internal int Hashed => _hashed;

    /// <summary>For tests.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    int _hashed;

    /// <exception cref="WorkingTreeException">LNX1015: it is there and cannot be read.</exception>
    public FileContent? File(string path)
    {
        try
        {
            return Files.Facts(path, follow: true) is { Kind: FileKind.File } facts && Hash(path, facts) is ({ } digest, _)
                ? new(digest, FileModes.IsExecutable(facts))
                : null;
        }
        catch (IOException e)
        {
            throw WorkingTreeException.Unreadable(e);
        }
    }

    /// <exception cref="WorkingTreeException">LNX2007: it holds what no tree may hold, with every offending path. LNX1015: it cannot be
    /// read.</exception>
    public ImportedContent? Import(string path, string project)
    {
        try
        {
            if (Files.Facts(path, follow: true) is not { Kind: FileKind.File or FileKind.Folder } facts)
                return null;
            if (_written.Why(path, project, facts.Kind == FileKind.Folder) is { } written)
                return new(Tree.Of([])) { Refused = [(path, written)] };
            if (facts.Kind == FileKind.Folder)
                return ImportFolder(path, new(_written, path, project));
            if (Hash(path, facts) is not ({ } digest, var size))
                return null;
            var name = RelativePath.OfSegments([Path.GetFileName(path)]);
            return new(Tree.Of([new TreeEntry.File(name, digest, size, FileModes.IsExecutable(facts))]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WorkingTreeException.Unreadable(e);
        }
    }

    public ProgramOutput? Program(ProgramProject program)
    {
        if (!_programs.TryGetValue(program, out var built) || !IsRunnable(Path.Combine(built.Folder, built.Entry)))
            return null;
        var output = TreeOf(built.Folder, FolderWalk.Of(built.Folder, owned: false, cancellationToken: _cancelled));
        return new(built.Folder, RelativePath.Parse(built.Entry), WithoutEmptyFolders(output));
    }

    // MSBuild deletes files that it no longer writes, but not their folders.
    static Tree WithoutEmptyFolders(Tree output) => Tree.Of(output.Entries.Where(e => e is not TreeEntry.EmptyFolder));

    // A library is an assembly too. The file that names the runtime is written for programs only.
    static bool IsRunnable(string assembly) =>
        System.IO.File.Exists(assembly) && System.IO.File.Exists(Path.ChangeExtension(assembly, ".runtimeconfig.json"));

    /// <exception cref="WorkingTreeException">LNX1015: it cannot be looked at.</exception>
    public WrittenPath? Written(string path, string project) => Look(() => _written.Why(path, project));

    /// <exception cref="WorkingTreeException">LNX1015: it cannot be looked at.</exception>
    public PathFinding? Look(string path) => Look(() => PathInspection.At(path));

    public bool Exists(string path) => System.IO.File.Exists(path);

    /// <exception cref="WorkingTreeException">LNX1015: it cannot be looked at.</exception>
    public ImmutableArray<string>? FilesIn(string path) => Look<ImmutableArray<string>?>(() => Directory.Exists(path)
        ? [.. Directory.EnumerateFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
        : null);

    static T Look<T>(Func<T> look)
    {
        try
        {
            return look();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WorkingTreeException.Unreadable(e);
        }
    }

    /// <summary>Writes the cache when something was added.</summary>
    public void Remember() => _cache.Save();

    public void Dispose()
    {
        if (_remember)
            Remember();
    }

    ImportedContent ImportFolder(string folder, ImportFilter filter)
    {
        var walk = FolderWalk.Of(folder, owned: false, filter.Choose, _cancelled);
        return filter.Refused.IsEmpty ? new(TreeOf(folder, walk)) : new(Tree.Of([])) { Refused = filter.Refused };
    }

    Tree TreeOf(string folder, FolderWalk walk)
    {
        if (!walk.Refusals.IsEmpty)
            throw WorkingTreeException.Refused(folder, walk.Refusals);
        var entries = new ConcurrentBag<TreeEntry>();
        // Files are read side by side: a first plan waits for the hashing of a large import.
        try
        {
            Parallel.ForEach(walk.Entries, new ParallelOptions { CancellationToken = _cancelled }, entry =>
            {
                if (entry.ToTreeEntry(() => Hash(entry.File, entry.Facts)) is { } taken)
                    entries.Add(taken);
            });
        }
        catch (AggregateException e) when (e.InnerException is IOException)
        {
            throw WorkingTreeException.Unreadable(e.InnerException);
        }
        return Tree.Of(entries);
    }

    // Null: the file was deleted.
    (Digest Digest, long Size)? Hash(string path, FileFacts facts)
    {
        if (_cache.Find(path, facts) is { } known)
            return (known, facts.Size);
        var start = Clock.GetUtcNow();
        using var file = Files.OpenForReading(path, follow: true);
        if (file is null)
            return null;
        Interlocked.Increment(ref _hashed);
        var content = Files.Digest(file, _cancelled);
        // The facts are not about a file that was replaced or written while it was read.
        if (content.Size == facts.Size && Files.Facts(path, follow: true) == facts)
            _cache.Add(path, facts, content.Digest, start);
        return content;
    }
}
