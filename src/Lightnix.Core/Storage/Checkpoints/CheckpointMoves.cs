namespace Lightnix.Storage;

/// <summary>Moves a checkpoint between the store and the workspace of a run, by renaming only. Each step can be the last one before a kill
/// or a power cut: the checkpoint is then in one of the two places, and <see cref="TryRescue"/> brings it back into the store.</summary>
/// <param name="root">The workspace's folder. A file in it says which checkpoint is there.</param>
sealed class CheckpointMoves(StoreLayout layout, Disk disk, string root)
{
    // The marker is written under another name first: as long as that is there, the content may be in either place.
    string Marker => Path.Combine(root, "checkpoint");

    string NewMarker => Path.Combine(root, "checkpoint.new");

    string Log => WorkspaceLog.Find(root);

    string Discarded => Path.Combine(root, "discarded");

    /// <summary>Where the builder finds it.</summary>
    public string InUse => Path.Combine(root, Workspace.FolderName, WorkingFolder.Checkpoint);

    // Between two tries of one run.
    string Former => Path.Combine(root, Workspace.FormerName, WorkingFolder.Checkpoint);

    /// <summary>Gives the workspace its checkpoint, with the log of the tries before; an empty folder where there is none.</summary>
    /// <param name="state">Of the try that begins.</param>
    /// <param name="isFirst">True where what is in the store belongs to another run, or is nothing.</param>
    /// <returns>False where the store has a checkpoint of this run that is another user's or cannot be read: then this one is not
    /// kept.</returns>
    public bool Take(CheckpointState state, bool isFirst)
    {
        var stored = CheckpointFiles.Of(layout, state.Resolved, state.Replicate);
        if (!stored.IsOurs || stored.IsUnknown)
        {
            disk.MakeFolder(InUse);
            return false;
        }
        MakeFolder(stored);
        if (isFirst)
        {
            Discard(stored.Content);
            disk.DeleteAll(stored.Folder);
            disk.MakePrivateFolder(stored.Folder);
        }
        disk.Write(NewMarker, state.ToBytes());
        // Without the marker, a sweep would delete what is in the workspace.
        disk.Sync([NewMarker], [root, layout.Work, layout.Checkpoints]);
        if (isFirst || !TryMove(stored.Content, InUse))
            disk.MakeFolder(InUse);
        if (!isFirst)
            TryReplace(stored.Log, Log);
        disk.Replace(NewMarker, Marker);
        return true;
    }

    /// <summary>Moves it along when the working folder is laid anew for another try of the same run.</summary>
    /// <param name="state">Of the try that begins; null where it begins from nothing.</param>
    public void MoveOn(CheckpointState? state)
    {
        if (!TryMove(Former, InUse))
            disk.MakeFolder(InUse);
        if (state is null)
            return;
        try
        {
            var next = Path.Combine(root, "checkpoint.next");
            disk.DeleteAll(next);
            disk.Write(next, state.ToBytes());
            disk.Replace(next, Marker);
        }
        catch (IOException)
        {
            // On a full disk, this try is not counted.
        }
    }

    /// <summary>True where something is in it.</summary>
    public bool HasContent => HasSome(InUse);

    /// <summary>Brings the builder's folder back into the store, for which no room on the disk is needed. False where there is nothing to
    /// keep.</summary>
    public bool ReturnContent(CheckpointState state)
    {
        var stored = CheckpointFiles.Of(layout, state.Resolved, state.Replicate);
        var source = IsFolder(InUse) ? InUse : Former;
        if (!HasSome(source))
            return false;
        if (!Directory.Exists(stored.Folder))
            MakeFolder(stored);
        return TryMove(source, stored.Content);
    }

    /// <summary>Brings what is known of it into the store, after the content.</summary>
    /// <param name="end">Of the last try.</param>
    public void ReturnState(CheckpointState state, DateTimeOffset end)
    {
        var stored = CheckpointFiles.Of(layout, state.Resolved, state.Replicate);
        TryReplace(Log, stored.Log);
        if (Files.Facts(Marker) is null)
            return;
        disk.SetMode(Marker, Disk.WritableFile);
        File.SetLastWriteTimeUtc(Marker, end.UtcDateTime);
        TryReplace(Marker, stored.State);
        disk.Sync([], [stored.Folder]);
    }

    /// <summary>The run has its result: nothing needs it any more.</summary>
    public void Drop(CheckpointState state)
    {
        disk.Delete(Marker);
        disk.DeleteAll(CheckpointFiles.Of(layout, state.Resolved, state.Replicate).Folder);
    }

    /// <summary>Brings the checkpoint of a dead run back into the store. False where that failed: the workspace must stay.</summary>
    public bool TryRescue()
    {
        try
        {
            Rescue();
            return !IsUnknown;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return !IsThere;
        }
    }

    /// <summary>The state of the checkpoint that is in the workspace; null where none is.</summary>
    public CheckpointState? Found => IsFolder(root) ? CheckpointFiles.Read(Marker) ?? CheckpointFiles.Read(NewMarker) : null;

    /// <summary>True where a checkpoint is in a workspace, which must not be deleted.</summary>
    public static bool IsIn(StoreLayout layout, string root)
    {
        try
        {
            return new CheckpointMoves(layout, new Disk(), root).IsThere;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, which only that user's sessions take back or delete.
            return false;
        }
    }

    // Of a later version of Lightnix, which may read it, or damaged.
    bool IsUnknown => IsFolder(root) && Files.Facts(Marker) is not null && Found is null && IsFolder(InUse);

    bool IsThere => IsUnknown || (Found is not null && (IsFolder(InUse) || IsFolder(Former)));

    void Rescue()
    {
        if (Found is not { } state)
            return;
        if (IsFolder(Path.GetDirectoryName(InUse)!))
            disk.OpenToOwner(Path.GetDirectoryName(InUse)!);
        var stored = CheckpointFiles.Of(layout, state.Resolved, state.Replicate);
        if (Files.Facts(Marker) is null)
        {
            // Killed while it was given: it goes back as it was.
            if (HasContent && TryMove(InUse, stored.Content) && Files.Facts(stored.Log) is null)
                TryReplace(Log, stored.Log);
            return;
        }
        var end = LastSignOfLife(state);
        if (IsFolder(InUse) || IsFolder(Former) ? ReturnContent(state) : stored.HasContent)
            ReturnState(state, end);
    }

    // The end of a run that was killed is not recorded.
    DateTimeOffset LastSignOfLife(CheckpointState state)
    {
        var places = (IsFolder(InUse) ? Files.Names(InUse).Select(n => Path.Combine(InUse, n)).Append(InUse) : []).Append(Log);
        var end = places.Max(p => FileFacts.TimeOf(Files.Facts(p)));
        return end > state.Start ? end : state.Start;
    }

    bool HasSome(string folder)
    {
        if (!IsFolder(folder))
            return false;
        disk.OpenToOwner(folder);
        return Files.AllNames(folder) is { Count: > 0 };
    }

    // No link is followed on the way: a builder may have put one in the place of a folder.
    bool IsFolder(string path) => Files.Facts(path)?.Kind == FileKind.Folder
        && (path == root || Files.Facts(Path.GetDirectoryName(path)!)?.Kind == FileKind.Folder);

    // False where the source is not there, or the target is. Another process may be quicker.
    bool TryMove(string from, string to)
    {
        if (!IsFolder(from))
            return false;
        // Only a folder that may be written can be moved into another one.
        disk.OpenToOwner(from);
        try
        {
            return disk.TryRenameFolder(from, to);
        }
        catch (IOException) when (Files.Facts(from) is null)
        {
            return false;
        }
    }

    void TryReplace(string from, string to)
    {
        if (Files.Facts(from)?.Kind != FileKind.File)
            return;
        try
        {
            disk.Replace(from, to);
        }
        catch (IOException) when (Files.Facts(from) is null)
        {
            // Another process was quicker.
        }
    }

    // No other user may look into it, as into a workspace.
    void MakeFolder(CheckpointFiles stored)
    {
        disk.MakeFolder(layout.Checkpoints);
        disk.MakePrivateFolder(stored.Folder);
    }

    void Discard(string content)
    {
        disk.DeleteAll(Discarded);
        if (TryMove(content, Discarded))
            disk.DeleteAll(Discarded);
    }
}
