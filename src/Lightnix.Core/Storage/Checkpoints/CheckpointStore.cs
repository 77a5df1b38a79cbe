namespace Lightnix.Storage;

/// <summary>Checkpoints of runs that ended without success, each kept for the next try of the same replicate.</summary>
public sealed class CheckpointStore
{
    readonly StoreLayout _layout;
    readonly Disk _disk;
    readonly StoreOptions _options;

    internal CheckpointStore(StoreLayout layout, Disk disk, StoreOptions options) =>
        (_layout, _disk, _options) = (layout, disk, options);

    /// <summary>What the last try of a replicate left; null where it left nothing. The lock of the run is held, so that no other try
    /// lives.</summary>
    public CheckpointState? Find(Reference<Resolved> resolved, int replicate)
    {
        Rescue(resolved, replicate);
        var stored = CheckpointFiles.Of(_layout, resolved, replicate);
        var found = stored.IsOurs && stored.HasContent ? stored.Read() : null;
        return found?.Resolved == resolved && found.Replicate == replicate ? found : null;
    }

    void Rescue(Reference<Resolved> resolved, int replicate)
    {
        foreach (var (workspace, state) in InWorkspaces().Where(w => w.State.Resolved == resolved && w.State.Replicate == replicate))
        {
            // A builder that outlived its build would go on writing.
            _options.Abandoned?.Invoke(string.Join(Path.DirectorySeparatorChar, "", Path.GetFileName(_layout.Work), workspace, ""));
            MovesOf(Path.Combine(_layout.Work, workspace)).TryRescue();
        }
    }

    IEnumerable<(string Workspace, CheckpointState State)> InWorkspaces()
    {
        foreach (var name in Files.Names(_layout.Work).Where(n => n.Length > SessionNames.IdLength))
        {
            if (MovesOf(Path.Combine(_layout.Work, name)).Found is { } state)
                yield return (name, state);
        }
    }

    /// <summary>Where the checkpoint of a run lies between two tries.</summary>
    public string FolderOf(Reference<Resolved> resolved, int replicate) => CheckpointFiles.Of(_layout, resolved, replicate).Folder;

    /// <summary>When the last try of a checkpoint ended.</summary>
    public DateTimeOffset EndOf(CheckpointState state) => CheckpointFiles.Of(_layout, state.Resolved, state.Replicate).End;

    /// <summary>All checkpoints, by stage and replicate, also those that runs use now and that killed runs left.</summary>
    public ImmutableArray<CheckpointState> All() =>
    [
        .. Files.Names(_layout.Checkpoints).Select(n => new CheckpointFiles(Path.Combine(_layout.Checkpoints, n)))
            .Where(c => c.IsOurs && c.HasContent).Select(c => c.Read()).OfType<CheckpointState>()
            .Concat(InWorkspaces().Select(w => w.State)).DistinctBy(s => (s.Resolved, s.Replicate))
            .OrderBy(s => s.Stage, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Resolved).ThenBy(s => s.Replicate),
    ];

    /// <summary>Removes a checkpoint; false where a run is under way that has or may take it.</summary>
    public bool Remove(CheckpointState state)
    {
        using var held = KernelLock.TryAcquire(_layout.LockOf(LockOf(state)));
        if (held is null)
            return false;
        Rescue(state.Resolved, state.Replicate);
        return _disk.DeleteAll(CheckpointFiles.Of(_layout, state.Resolved, state.Replicate).Folder);
    }

    /// <summary>The name of the lock of the run that it belongs to.</summary>
    internal static string LockOf(CheckpointState state) => LockStore.OfRun(state.Resolved, state.Replicate, state.Attempt);

    internal CheckpointMoves MovesOf(string workspace) => new(_layout, _disk, workspace);
}
