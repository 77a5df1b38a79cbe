namespace Lightnix.Storage;

/// <summary>What the last build of each project chose.</summary>
public sealed class RootStore
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly Func<WriteSession> _session;
    readonly PastBuilds _builds;

    // The root that was read last, and its file, where it is as it was written.
    (Root Root, byte[] Bytes)? _last;

    internal RootStore(StoreLayout layout, Disk disk, Func<WriteSession> session) =>
        (_layout, _disk, _session, _builds) = (layout, disk, session, new(layout, disk));

    /// <summary>The root of a project; <see cref="Root.None"/> where there is none, or where it cannot be read.</summary>
    public Root Read(string project) => Read(project, out _);

    /// <param name="problem">What is wrong with a root that is there and cannot be read.</param>
    /// <inheritdoc cref="Read(string)"/>
    public Root Read(string project, out string? problem)
    {
        problem = null;
        try
        {
            if (Files.TryRead(_layout.RootOf(project)) is not { } bytes)
                return Root.None(project);
            var root = RecordBytes.Parse<Root>(bytes);
            _last = Root.IsAsWritten(bytes) ? (root, bytes) : null;
            return root;
        }
        catch (FormatException e)
        {
            // The next build writes it anew. Garbage collection must read the file, not call this method.
            problem = $"'{_layout.RootOf(project)}' cannot be read: {e.Message}";
            return Root.None(project);
        }
    }

    /// <summary>The last builds of a project that did something, the newest first.</summary>
    public ImmutableArray<PastBuild> Builds(string project) => _builds.Read(project);

    /// <summary>LNX3001 for each remembered build of a project that is damaged: what was chosen before it is not known.</summary>
    public ImmutableArray<StoreException> DamagesOfBuilds(string project) => _builds.Damages(project);

    /// <summary>All that can be read.</summary>
    public IEnumerable<Root> Readable() => All().Select(r => r.Root).OfType<Root>();

    /// <summary>Every root of the store, sorted by file name; null where it cannot be read.</summary>
    public ImmutableArray<(string File, Root? Root)> All() =>
        [.. Files.Names(_layout.Roots).Order(StringComparer.Ordinal).Select(n => Path.Combine(_layout.Roots, n))
            .Select(f => (f, TryParse(f)))];

    Root? TryParse(string file)
    {
        try
        {
            return Files.TryRead(file) is { } bytes && RecordBytes.Parse<Root>(bytes) is var root && _layout.RootOf(root.Project) == file
                ? root
                : null;
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            return null;
        }
    }

    /// <summary>True when a change would leave a root as it is.</summary>
    public bool Holds(Root seen, Func<Root, Root> change) => Holds(change(seen));

    // What was read is not written again to be compared.
    bool Holds(Root root) => Holds(_layout.RootOf(root.Project), _last is { } last && last.Root == root ? last.Bytes : root.ToBytes());

    /// <summary>Changes a root that was read before, one process after the other: two builds of a project must not take back each other's
    /// choices. Needs no lock where nothing changes.</summary>
    /// <param name="build">What the build did, given the root before and after it. It is remembered, unless it did nothing.</param>
    public async Task ChangeAsync(
        Root seen, Func<Root, Root> change, Func<Root, Root, ValueTask<PastBuild>> build, LockStore locks,
        CancellationToken cancellationToken)
    {
        var changed = change(seen);
        var did = await build(seen, changed).ConfigureAwait(false);
        if (Holds(changed) && !did.DidSomething)
        {
            // A collection that was interrupted has used the reserve.
            new Reserve(_layout, _disk).FillOnce();
            return;
        }
        using var held = await locks.AcquireAsync($"root of {seen.Project}", $"the root of {seen.Project}", _ => { }, cancellationToken)
            .ConfigureAwait(false);
        var before = Read(seen.Project);
        var now = change(before);
        did = await build(before, now).ConfigureAwait(false);
        Write(now, did.DidSomething ? did : null);
    }

    /// <summary>Replaces the root; does not touch the file when nothing changed.</summary>
    /// <param name="build">What is remembered of the build; null: nothing.</param>
    public void Write(Root root, PastBuild? build = null)
    {
        var path = _layout.RootOf(root.Project);
        var bytes = root.ToBytes();
        var isChanged = !Holds(path, bytes);
        var past = build is null ? null : _builds.Prepare(root.Project, build, _session());
        var temporary = isChanged ? _session().NewFile() : null;
        if (temporary is not null)
            _disk.Write(temporary, bytes);
        string[] files = [.. new[] { past?.Temporary, temporary }.OfType<string>()];
        if (files.Length == 0)
            return;
        _disk.Settle(files);
        LostFolders.MakeAgain(_layout.Roots, _layout, _disk, _session());
        // With the gate, garbage collection sees the former root or this one, and knows which.
        using (_session().EnterGate())
        {
            // A crash in between leaves a build whose changes the root does not have: readers pass that over.
            if (past is not null)
                _builds.Name(past);
            if (temporary is not null)
                _disk.Replace(temporary, path);
        }
        if (temporary is not null)
            _disk.Sync([], [_layout.Roots]);
        if (build is not null)
            _builds.Forget(root.Project);
        // From now on there is something to collect.
        new Reserve(_layout, _disk).FillOnce();
    }

    static bool Holds(string path, byte[] bytes) => Files.TryRead(path) is { } current && current.AsSpan().SequenceEqual(bytes);
}
