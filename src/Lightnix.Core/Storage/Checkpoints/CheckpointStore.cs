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
        foreach (var name in Files.Names(_layout.Work).Where(n => n.Length > SessionNames.IdLength))
        {
            var moves = MovesOf(Path.Combine(_layout.Work, name));
            if (moves.Found is { } state && state.Resolved == resolved && state.Replicate == replicate)
            {
                // A builder that outlived its build would go on writing.
                _options.Abandoned?.Invoke(string.Join(Path.DirectorySeparatorChar, "", Path.GetFileName(_layout.Work), name, ""));
                moves.TryRescue();
            }
        }
        var stored = CheckpointFiles.Of(_layout, resolved, replicate);
        var found = stored.IsOurs && stored.HasContent ? stored.Read() : null;
        return found?.Resolved == resolved && found.Replicate == replicate ? found : null;
    }

    /// <summary>When the last try of a checkpoint ended.</summary>
    public DateTimeOffset EndOf(CheckpointState state) => CheckpointFiles.Of(_layout, state.Resolved, state.Replicate).End;

    /// <summary>All checkpoints between two tries, by stage and replicate.</summary>
    public ImmutableArray<CheckpointState> All() =>
    [
        .. Files.Names(_layout.Checkpoints).Select(n => new CheckpointFiles(Path.Combine(_layout.Checkpoints, n)))
            .Where(c => c.HasContent).Select(c => c.Read()).OfType<CheckpointState>()
            .OrderBy(s => s.Stage, StringComparer.OrdinalIgnoreCase).ThenBy(s => s.Resolved).ThenBy(s => s.Replicate),
    ];

    /// <summary>Removes a checkpoint; false where a run is under way that has or may take it.</summary>
    public bool Remove(CheckpointState state)
    {
        using var held = KernelLock.TryAcquire(_layout.LockOf(LockOf(state)));
        return held is not null && _disk.DeleteAll(CheckpointFiles.Of(_layout, state.Resolved, state.Replicate).Folder);
    }

    /// <summary>The name of the lock that is held while a run is made.</summary>
    public static string LockOf(Reference<Resolved> resolved, int replicate, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{resolved}-{replicate}-{attempt}");

    internal static string LockOf(CheckpointState state) => LockOf(state.Resolved, state.Replicate, state.Attempt);

    internal CheckpointMoves MovesOf(string workspace) => new(_layout, _disk, workspace);
}
