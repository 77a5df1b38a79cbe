using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;

namespace Lightnix.Storage;

/// <summary>One open store that writes. Everything unfinished carries the session's id, and a kernel lock shows whether the session lives,
/// so that what a dead session left can be swept.</summary>
sealed class WriteSession : IDisposable
{
    // In the folder of a session: the digests that it relies on, one a line.
    const string KeepsFile = "keeps";

    // The gate is held for moments.
    static readonly TimeSpan SilentWait = TimeSpan.FromSeconds(2);

    // In milliseconds.
    const int LongestPause = 20;

    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly KernelLock _lock;
    readonly string _id;
    readonly HashSet<Digest> _kept = [];
    readonly ConcurrentQueue<string> _trees = new();
    readonly StoreOptions _options;
    long _last;

    WriteSession(StoreLayout layout, Disk disk, KernelLock @lock, string id, StoreOptions options)
    {
        (_layout, _disk, _lock, _id, _options) = (layout, disk, @lock, id, options);
        disk.MakeFolder(Path.Combine(layout.Work, id));
        // Synced: after a power cut, an unfinished tree is swept by way of this folder.
        disk.Sync([], [layout.Work]);
    }

    /// <summary>Begins a session, and sweeps what dead sessions left.</summary>
    public static WriteSession Begin(StoreLayout layout, Disk disk, StoreOptions options)
    {
        while (true)
        {
            var id = RandomNumberGenerator.GetHexString(SessionNames.IdLength, lowercase: true);
            if (KernelLock.TryAcquire(Path.Combine(layout.Sessions, id)) is { } @lock)
            {
                return Begin(layout, disk, @lock, id, options);
            }
        }
    }

    // Where it cannot begin, no lock stays until the process ends.
    static WriteSession Begin(StoreLayout layout, Disk disk, KernelLock @lock, string id, StoreOptions options)
    {
        try
        {
            var session = new WriteSession(layout, disk, @lock, id, options);
            new SessionSweep(layout, disk).Run(options.Abandoned, id);
            return session;
        }
        catch (Exception)
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>A path for an unfinished file, on the file system of the store, so that it can be renamed and linked into place.</summary>
    public string NewFile() => Path.Combine(_layout.Work, _id, Next());

    /// <summary>A path for an unfinished tree beside the finished: users cannot rename a read-only folder into another parent.</summary>
    public string NewTree()
    {
        var path = Path.Combine(_layout.Trees, $".{_id}-{Next()}");
        _trees.Enqueue(path);
        return path;
    }

    /// <summary>A path for a note about what goes on: readable by all who may read the store.</summary>
    public string NewNote() => NewFile() + SessionNames.NoteSuffix;

    public string NewWorkspace() => Path.Combine(_layout.Work, $"{_id}-{Next()}");

    /// <summary>Notes what this session relies on. Garbage collection removes nothing that a living session noted.</summary>
    public void Keep(IEnumerable<Digest> digests)
    {
        lock (_kept)
        {
            var fresh = digests.Where(d => !_kept.Contains(d)).ToList();
            if (fresh.Count == 0)
                return;
            var lines = Encoding.ASCII.GetBytes(string.Concat(fresh.Select(d => d + "\n")));
            using (EnterGate())
                _disk.Append(Path.Combine(_layout.Work, _id, KeepsFile), lines);
            _kept.UnionWith(fresh);
        }
    }

    /// <summary>What sessions rely on; also of a session that has just died, which does no harm.</summary>
    public static HashSet<Digest> AllKept(StoreLayout layout)
    {
        var kept = new HashSet<Digest>();
        foreach (var session in Files.Names(layout.Work).Where(n => n.Length == SessionNames.IdLength))
        {
            if (Files.TryRead(Path.Combine(layout.Work, session, KeepsFile)) is not { } bytes)
                continue;
            foreach (var line in Encoding.ASCII.GetString(bytes).Split('\n'))
            {
                if (Digest.TryParse(line, out var digest))
                    kept.Add(digest);
            }
        }
        return kept;
    }

    /// <summary>True when another session lives.</summary>
    public bool IsAnotherAlive() =>
        Files.Names(_layout.Sessions).Any(n => n.Length == SessionNames.IdLength && n != _id && !SessionNames.IsDead(_layout, n));

    /// <summary>Waits for the gate, and reports where that takes long.</summary>
    /// <exception cref="OperationCanceledException">The build was cancelled meanwhile.</exception>
    public KernelLock EnterGate()
    {
        var waited = Stopwatch.StartNew();
        var reported = false;
        for (var pause = 1; ; pause = Math.Min(pause + 1, LongestPause))
        {
            if (KernelLock.TryAcquire(_layout.Gate) is { } gate)
                return gate;
            // A build that was cancelled still records what it has, so a short wait is not cancelled.
            if (waited.Elapsed <= SilentWait)
            {
                Thread.Sleep(pause);
                continue;
            }
            if (!reported)
            {
                reported = true;
                _options.Waiting?.Invoke(
                    $"the store '{_layout.Folder}' is changed by another process, which holds '{_layout.Gate}': waiting until it is done");
            }
            _options.Cancelled.WaitHandle.WaitOne(pause);
            _options.Cancelled.ThrowIfCancellationRequested();
        }
    }

    string Next() => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);

    /// <summary>Ends the session and deletes what is unfinished. Where that fails, its folder stays for the next session's sweep.</summary>
    public void Dispose()
    {
        if (SessionSweep.DeleteAll(_disk, _trees.Where(t => Files.Facts(t) is not null)))
            _disk.DeleteAll(Path.Combine(_layout.Work, _id));
        _lock.Dispose();
    }
}
