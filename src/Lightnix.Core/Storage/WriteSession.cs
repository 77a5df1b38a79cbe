using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Lightnix.Hashing;

namespace Lightnix.Storage;

/// <summary>
/// One store object at work. Everything unfinished carries its id, and a kernel lock tells whether it is alive, so that what a dead one
/// left behind can be told apart and swept.
/// </summary>
sealed class WriteSession : IDisposable
{
    const int IdLength = 12;

    /// <summary>In a workspace that people want to look at: it outlives its session.</summary>
    public const string KeptMarker = "kept";

    // In the folder of a session: what it relies on, a digest a line.
    const string KeepsFile = "keeps";

    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly KernelLock _lock;
    readonly string _id;
    readonly HashSet<Digest> _kept = [];
    readonly ConcurrentQueue<string> _trees = new();
    readonly StoreOptions _user;
    long _last;

    WriteSession(StoreLayout layout, Disk disk, KernelLock @lock, string id, StoreOptions user)
    {
        (_layout, _disk, _lock, _id, _user) = (layout, disk, @lock, id, user);
        disk.MakeFolder(Path.Combine(layout.Work, id));
        // A tree that a power cut left half made must find its session in work/, or nobody sweeps it.
        disk.Sync([], [layout.Work]);
    }

    /// <summary>Begins a session, and sweeps what dead ones left.</summary>
    public static WriteSession Begin(StoreLayout layout, Disk disk, StoreOptions user)
    {
        while (true)
        {
            var id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
            if (KernelLock.TryAcquire(Path.Combine(layout.Sessions, id)) is { } @lock)
            {
                var session = new WriteSession(layout, disk, @lock, id, user);
                Sweep(layout, disk, user.Abandoned, id);
                return session;
            }
        }
    }

    /// <summary>A path for a file in the making; on the file system of the store, so that it can be renamed and linked into place.</summary>
    public string NewFile() => Path.Combine(_layout.Work, _id, Next());

    /// <summary>A path for a tree in the making, beside the finished ones: an ordinary user cannot rename a read-only folder into another parent.</summary>
    public string NewTree()
    {
        var path = Path.Combine(_layout.Trees, $".{_id}-{Next()}");
        _trees.Enqueue(path);
        return path;
    }

    /// <summary>A path for a workspace.</summary>
    public string NewWorkspace() => Path.Combine(_layout.Work, $"{_id}-{Next()}");

    /// <summary>
    /// Notes what this session relies on, for as long as it lives. Whoever collects garbage takes nothing away that is noted; what is there
    /// after this call, stays.
    /// </summary>
    public void Keep(IEnumerable<Digest> digests)
    {
        lock (_kept)
        {
            var fresh = digests.Where(d => !_kept.Contains(d)).ToList();
            if (fresh.Count == 0)
                return;
            using (EnterGate())
                _disk.Append(Path.Combine(_layout.Work, _id, KeepsFile), Encoding.ASCII.GetBytes(string.Concat(fresh.Select(d => d + "\n"))));
            _kept.UnionWith(fresh);
        }
    }

    /// <summary>What sessions rely on; also of one that has just died, which does no harm.</summary>
    public static HashSet<Digest> AllKept(StoreLayout layout)
    {
        var kept = new HashSet<Digest>();
        foreach (var session in Files.Names(layout.Work).Where(n => n.Length == IdLength))
        {
            if (Files.TryRead(Path.Combine(layout.Work, session, KeepsFile)) is { } bytes)
                kept.UnionWith(Encoding.ASCII.GetString(bytes).Split('\n').Select(l => Digest.TryParse(l, out var digest) ? digest : null).OfType<Digest>());
        }
        return kept;
    }

    /// <summary>True when a session lives that is not this one.</summary>
    public static bool IsAnotherAlive(StoreLayout layout, WriteSession own)
    {
        foreach (var id in Files.Names(layout.Sessions).Where(n => n.Length == IdLength && n != own._id))
        {
            if (!IsDead(layout, id))
                return true;
        }
        return false;
    }

    /// <summary>Waits for the gate, which is held for moments only; says so where it takes longer.</summary>
    /// <exception cref="OperationCanceledException">The user of the store was cancelled while it waited.</exception>
    public KernelLock EnterGate()
    {
        var waited = Stopwatch.StartNew();
        var told = false;
        for (var pause = 1; ; pause = Math.Min(pause + 1, LongestPause))
        {
            if (KernelLock.TryAcquire(_layout.Gate) is { } gate)
                return gate;
            if (!told && waited.Elapsed > SilentWait)
            {
                told = true;
                _user.Waiting?.Invoke($"the store '{_layout.Folder}' is changed by another process, which holds '{_layout.Gate}': waiting until it is done");
            }
            // The gate is held for moments. A build that was cancelled still records what it has.
            if (waited.Elapsed <= SilentWait)
            {
                Thread.Sleep(pause);
                continue;
            }
            _user.Cancelled.WaitHandle.WaitOne(pause);
            _user.Cancelled.ThrowIfCancellationRequested();
        }
    }

    static readonly TimeSpan SilentWait = TimeSpan.FromSeconds(2);

    // In milliseconds.
    const int LongestPause = 20;

    string Next() => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        // What an error left half made, or half taken away. Where it cannot be deleted, the folder stays by which the next one finds it.
        if (DeleteAll(_disk, _trees.Where(t => Files.Facts(t) is not null)))
            _disk.DeleteAll(Path.Combine(_layout.Work, _id));
        _lock.Dispose();
    }

    /// <summary>
    /// Deletes what dead sessions left. They are found by their folders in work/ and by their locks: where nobody died, that is a look at two folders.
    /// trees/, which may be long, is read only when somebody did.
    /// </summary>
    /// <param name="abandoned">Ends those that still work in folders whose paths have this part.</param>
    /// <param name="except">A session that is alive and does not look at itself.</param>
    public static void Sweep(StoreLayout layout, Disk disk, Action<string>? abandoned = null, string? except = null)
    {
        var leftovers = Files.Names(layout.Work).Where(IsOfSession).Where(n => !IsKept(layout, n)).ToLookup(n => n[..IdLength], StringComparer.Ordinal);
        var ids = leftovers.Select(l => l.Key).Union(Files.Names(layout.Sessions).Where(n => n.Length == IdLength && IsOfSession(n)), StringComparer.Ordinal);
        List<string>? unfinished = null;

        foreach (var id in ids.Where(id => id != except))
        {
            try
            {
                using var dead = KernelLock.TryAcquire(Path.Combine(layout.Sessions, id));
                if (dead is null)
                    continue;
                if (Files.Names(layout.Work).Any(n => n.StartsWith($"{id}-", StringComparison.Ordinal)))
                    abandoned?.Invoke($"{Path.DirectorySeparatorChar}{Path.GetFileName(layout.Work)}{Path.DirectorySeparatorChar}{id}-");
                unfinished ??= [.. Files.Names(layout.Trees).Where(n => n[0] == '.')];
                // Its folder goes last: what could not be deleted now (another user's) is found by it.
                if (DeleteAll(disk, unfinished.Where(t => t.StartsWith($".{id}-", StringComparison.Ordinal)).Select(t => Path.Combine(layout.Trees, t))))
                    DeleteAll(disk, leftovers[id].OrderByDescending(n => n.Length).Select(n => Path.Combine(layout.Work, n)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's: he sweeps it himself.
            }
        }
        if (unfinished is not null)
            SweepLocks(layout);
    }

    /// <summary>What dead sessions left that nobody has swept yet. A session is found by its folder in work/, so that goes after its trees.</summary>
    public static IEnumerable<string> Unfinished(StoreLayout layout)
    {
        var folders = Files.Names(layout.Work).Where(n => IsOfSession(n) && !IsKept(layout, n)).Select(n => (Id: n[..IdLength], Path: Path.Combine(layout.Work, n)));
        var trees = Files.Names(layout.Trees).Where(IsUnfinishedTree).Select(n => (Id: n[1..(IdLength + 1)], Path: Path.Combine(layout.Trees, n))).ToLookup(t => t.Id, t => t.Path, StringComparer.Ordinal);
        var left = folders.ToLookup(f => f.Id, f => f.Path, StringComparer.Ordinal);
        return trees.Select(t => t.Key).Union(left.Select(l => l.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal).Where(id => IsDead(layout, id))
            .SelectMany(id => trees.Contains(id) ? trees[id] : left[id]).ToList();
    }

    static bool IsDead(StoreLayout layout, string id)
    {
        try
        {
            using var dead = KernelLock.TryAcquire(Path.Combine(layout.Sessions, id));
            return dead is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be written, nobody knows.
            return false;
        }
    }

    static bool DeleteAll(Disk disk, IEnumerable<string> paths)
    {
        var all = true;
        foreach (var path in paths)
            all &= disk.DeleteAll(path);
        return all;
    }

    // The file of a lock that nobody holds means nothing; it is deleted so that they do not gather.
    static void SweepLocks(StoreLayout layout)
    {
        foreach (var name in Files.Names(layout.Locks).Where(n => Digest.TryParse(n, out _)))
        {
            try
            {
                KernelLock.TryAcquire(Path.Combine(layout.Locks, name))?.Dispose();
            }
            catch (IOException)
            {
                // Another user's.
            }
        }
    }

    /// <summary>True for the name in <c>trees/</c> of one in the making.</summary>
    public static bool IsUnfinishedTree(string name) => name[0] == '.' && name.Length > IdLength + 1 && IsOfSession(name[1..]);

    static bool IsOfSession(string name) =>
        name.Length >= IdLength && name.Take(IdLength).All(char.IsAsciiHexDigitLower) && (name.Length == IdLength || name[IdLength] == '-');

    static bool IsKept(StoreLayout layout, string name) => name.Length > IdLength && File.Exists(Path.Combine(layout.Work, name, KeptMarker));
}
