using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Reads sources, imports and programs of the working tree, with a cache of digests that trusts nothing but unchanged inode data.</summary>
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
        : this(cacheFile, programs, TimeProvider.System, remember, lists, never, cancellationToken)
    {
    }

    internal WorkingTree(
        string cacheFile,
        IReadOnlyDictionary<ProgramProject, (string Folder, string Entry)> programs,
        TimeProvider clock,
        bool remember = true,
        string? lists = null,
        ImmutableArray<string> never = default,
        CancellationToken cancellationToken = default)
    {
        _cancelled = cancellationToken;
        _written = new(lists, never.IsDefault ? [] : never, (path, facts) => Hash(path, facts)?.Digest);
        _remember = remember;
        _cache = new(cacheFile, clock);
        _programs = programs;
    }

    /// <summary>How many files were read because the cache did not know them.</summary>
    internal int Hashed => _hashed;

    int _hashed;

    /// <exception cref="WorkingTreeException">LNX1015: it is there and cannot be read.</exception>
    public FileContent? File(string path)
    {
        try
        {
            return Files.Facts(path, follow: true) is { Kind: FileKind.File } facts && Hash(path, facts) is ({ } digest, _) ? new(digest, FileModes.IsExecutable(facts)) : null;
        }
        catch (IOException e)
        {
            throw WorkingTreeException.Unreadable(e);
        }
    }

    /// <exception cref="WorkingTreeException">LNX2007: it holds what no tree may hold; the message names every offending path. LNX1015: it cannot be read.</exception>
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
            return Hash(path, facts) is ({ } digest, var size)
                ? new(Tree.Of([new TreeEntry.File(RelativePath.OfSegments([Path.GetFileName(path)]), digest, size, FileModes.IsExecutable(facts))]))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WorkingTreeException.Unreadable(e);
        }
    }

    public ProgramOutput? Program(ProgramProject program) =>
        _programs.TryGetValue(program, out var built) && IsRunnable(Path.Combine(built.Folder, built.Entry))
            ? new(built.Folder, RelativePath.Parse(built.Entry), WithoutEmptyFolders(TreeOf(built.Folder, FolderWalk.Of(built.Folder, owned: false, cancellationToken: _cancelled))))
            : null;

    // MSBuild deletes files that it wrote earlier and writes no more, but not their folders: those say only what was once built there.
    static Tree WithoutEmptyFolders(Tree output) => Tree.Of(output.Entries.Where(e => e is not TreeEntry.EmptyFolder));

    // A library is an assembly too; what says which .NET an assembly runs on is written for programs only.
    static bool IsRunnable(string assembly) => System.IO.File.Exists(assembly) && System.IO.File.Exists(Path.ChangeExtension(assembly, ".runtimeconfig.json"));

    /// <exception cref="WorkingTreeException">LNX1015: it cannot be looked at.</exception>
    public WrittenPath? Written(string path, string project)
    {
        try
        {
            return _written.Why(path, project);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WorkingTreeException.Unreadable(e);
        }
    }

    /// <exception cref="WorkingTreeException">LNX1015: it cannot be looked at.</exception>
    public PathFinding? Look(string path)
    {
        try
        {
            return PathInspection.At(path);
        }
        catch (IOException e)
        {
            throw WorkingTreeException.Unreadable(e);
        }
    }

    public bool Exists(string path) => System.IO.File.Exists(path);

    /// <exception cref="WorkingTreeException">LNX1015: it cannot be looked at.</exception>
    public ImmutableArray<string>? FilesIn(string path)
    {
        try
        {
            return Directory.Exists(path) ? [.. Directory.EnumerateFiles(path).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WorkingTreeException.Unreadable(e);
        }
    }

    /// <summary>Writes the cache when something was added.</summary>
    public void Dispose()
    {
        if (_remember)
            _cache.Save();
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
        // Files are read side by side: hashing a large import is what a first plan waits for.
        try
        {
            Parallel.ForEach(walk.Entries, new ParallelOptions { CancellationToken = _cancelled }, entry =>
            {
                if (entry.Target is { } target)
                    entries.Add(new TreeEntry.Link(entry.Path, target));
                else if (entry.IsEmpty)
                    entries.Add(new TreeEntry.EmptyFolder(entry.Path));
                else if (entry.Facts.Kind == FileKind.File && Hash(entry.File, entry.Facts) is ({ } digest, var size))
                    entries.Add(new TreeEntry.File(entry.Path, digest, size, FileModes.IsExecutable(entry.Facts)));
            });
        }
        catch (AggregateException e) when (e.InnerException is IOException)
        {
            throw WorkingTreeException.Unreadable(e.InnerException);
        }
        return Tree.Of(entries);
    }

    // Null: it has gone.
    (Digest Digest, long Size)? Hash(string path, FileFacts facts)
    {
        if (_cache.Find(path, facts) is { } known)
            return (known, facts.Size);
        var start = _cache.Now;
        using var file = Files.OpenForReading(path, follow: true);
        if (file is null)
            return null;
        Interlocked.Increment(ref _hashed);
        var content = Files.Digest(file, _cancelled);
        // What was replaced or written while it was read is not what the facts are about.
        if (content.Size == facts.Size && Files.Facts(path, follow: true) == facts)
            _cache.Add(path, facts, content.Digest, start);
        return content;
    }


}
