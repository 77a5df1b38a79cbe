using Lightnix.Planning;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Storage;

/// <summary>The private folder of one run: the working folder with <c>in</c>, <c>out</c>, home and temporary folder, and the log beside it.
/// Deleted when disposed, unless kept.</summary>
public sealed class Workspace : IDisposable
{
    // Nothing in a workspace is synced, and no test stops it.
    readonly Disk _disk = new();
    readonly string _root;
    readonly List<Action<string?>> _placed = [];
    readonly Dictionary<RelativePath, long> _sizes = [];
    readonly List<Action<InputMounts?>> _inputs = [];
    readonly Func<Reference<Tree>, bool> _keep;
    readonly CancellationToken _cancelled;
    readonly WorkspaceLog _log;
    CheckpointMoves? _moves;
    CheckpointInUse? _checkpoint;
    InputMounts _mounts;
    bool _kept;

    internal Workspace(string root, Func<Reference<Tree>, bool> keep, ToolCommands tool, CancellationToken cancellationToken)
    {
        (_root, _keep, Tool, _cancelled) = (root, keep, tool, cancellationToken);
        Folder = Path.Combine(root, FolderName);
        Out = Path.Combine(Folder, WorkingFolder.Output);
        _log = new(_disk, WorkspaceLog.FileOf(root));
        _mounts = NewMounts();
        // Until it is stored, only its user may see what a builder makes: a set-id program would make every other user into this one.
        _disk.MakePrivateFolder(root);
        Lay();
    }

    internal const string FolderName = "w";

    /// <summary>The name of the working folder of the try before, for as long as a new one is laid.</summary>
    internal const string FormerName = "former";

    /// <summary>The working folder, absolute.</summary>
    public string Folder { get; }

    /// <summary>The output folder, absolute.</summary>
    public string Out { get; }

    /// <summary>Absolute; outside the working folder.</summary>
    public string LogFile => _log.File;

    /// <summary>Commands of the tool for the store, for messages.</summary>
    public ToolCommands Tool { get; }

    /// <summary>What a sandbox has to mount below <c>in/</c>, read-only and in this order, because it was not copied there: absolute, a
    /// file or folder of the store or a copy.</summary>
    public IReadOnlyList<(string From, RelativePath At)> Mounts => _mounts.All;

    /// <summary>Places a source.</summary>
    /// <exception cref="StoreException">LNX2006: it is no longer what was hashed.</exception>
    public void Place(SourceFile source) => Do(former =>
    {
        // A later try gets what was placed first, unless the builder wrote to it: edits of the working tree meanwhile do not count.
        if (former is not null && TryCopyFormer(source, former))
            return;
        if (!TryCopySource(Files.OpenForReading(source.File, follow: true), source.Entry))
            throw StorageErrors.Changed(source.File);
    });

    /// <summary>Places content below <c>in/</c>, read-only, as ordinary files and folders; never as hard links into the store.</summary>
    /// <param name="from">Its path in <paramref name="tree"/>.</param>
    /// <param name="at">Its path below <c>in/</c>.</param>
    /// <param name="sandboxed">The builder runs in a sandbox, which can mount what is large: see <see cref="Mounts"/>.</param>
    /// <exception cref="StoreException">LNX3001: the stored tree is damaged; nothing of it may be used.</exception>
    public void Place(Tree tree, string treeFolder, RelativePath from, RelativePath at, bool sandboxed = false)
    {
        void Place(InputMounts? mounts) => new InputPlacement(_disk, tree, treeFolder, mounts, Tool, _cancelled).Place(from, Inputs, at);
        Do(_ => Place(sandboxed ? _mounts : null));
        _inputs.Add(Place);
    }

    /// <summary>Writes a file of Lightnix's own (the context) below the working folder.</summary>
    public void Write(RelativePath path, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Do(_ =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path.Under(Folder))!);
            File.WriteAllBytes(path.Under(Folder), copy);
        });
    }

    /// <summary>Gives the working folder a checkpoint: what the last try left, or an empty folder.</summary>
    /// <param name="former">What <see cref="CheckpointStore.Find"/> gave for this run; null: it begins empty.</param>
    /// <param name="now">Of the try that begins.</param>
    /// <returns>False where the store has one that this run may not touch: then it begins empty, and is not kept.</returns>
    public bool TakeCheckpoint(CheckpointStore store, CheckpointState? former, CheckpointState now)
    {
        _moves = store.MovesOf(_root);
        _checkpoint = new(_moves, former is null, now);
        if (former is not null)
            _log.Begin(string.Create(CultureInfo.InvariantCulture, $"lightnix: try {now.Tries} goes on from the checkpoint"));
        return !_checkpoint.IsRefused;
    }

    /// <summary>All tries, with the present one as the last; null where it went on from no other.</summary>
    public CheckpointState? Resumed => _checkpoint?.Resumed;

    /// <summary>True where the builder has written to its checkpoint in this run.</summary>
    public bool CheckpointHasChanged => _checkpoint?.HasChanged == true;

    /// <summary>True where the run was given up and the next try goes on from its checkpoint.</summary>
    public bool CheckpointIsKept => _checkpoint?.IsKept == true;

    /// <summary>The run has its result, and needs its checkpoint no more.</summary>
    public void DropCheckpoint() => _checkpoint?.Drop();

    /// <summary>The output folder, if the builder left the folders above it in place.</summary>
    /// <exception cref="StoreException">LNX2007: one of them is missing or something else, such as a link, which leads to files of
    /// others.</exception>
    public string FinishedOut() => IsInPlace
        ? Out
        : throw StorageErrors.Refused("the output", ["its working folder is gone, or is no folder any more; leave that where it is"]);

    bool IsInPlace => Files.Facts(_root)?.Kind == FileKind.Folder && Files.Facts(Folder)?.Kind == FileKind.Folder;

    /// <summary>The builder has ended. Its folder becomes accessible whatever mode the builder gave it, and its log is a file.</summary>
    public void Reclaim()
    {
        if (Files.Facts(_root)?.Kind == FileKind.Folder)
            _log.Reclaim();
        _disk.OpenToOwner(Folder);
    }

    /// <summary>Makes everything for another try as it was before the first; nothing that the builder changed is left. The log goes
    /// on.</summary>
    /// <param name="note">A line for the log, between the two.</param>
    public void Reset(string note)
    {
        var former = Path.Combine(_root, FormerName);
        _disk.DeleteAll(former);
        if (Files.Facts(Folder) is not null && !_disk.TryRenameFolder(Folder, former))
            throw new IOException($"'{former}' cannot be deleted");
        _log.Begin(note);
        _disk.DeleteAll(Aside);
        _mounts = NewMounts();
        Lay();
        _checkpoint?.MoveOn();
        foreach (var place in _placed)
            place(former);
        _disk.DeleteAll(former);
    }

    /// <summary>The last lines of the log, as far as they are of the last try.</summary>
    public string LogTail(int lines) => _log.Tail(lines);

    /// <summary>True when nothing more can be written here, because there is no room or no number for another file.</summary>
    public bool IsDiskFull()
    {
        var probe = Path.Combine(_root, "probe");
        try
        {
            File.WriteAllBytes(probe, new byte[64 * 1024]);
            return false;
        }
        catch (IOException e)
        {
            return DiskProblem.Of(e) == DiskProblem.Full;
        }
        finally
        {
            _disk.DeleteAll(probe);
        }
    }

    /// <summary>The run failed. Deletes its folder unless it is kept, and adds to the log what it could not take on a full disk.</summary>
    /// <param name="unlogged">Null where the log has all.</param>
    public void GiveUp(string? unlogged)
    {
        if (TryReturnCheckpoint() && !_kept)
            _disk.DeleteAll(Folder);
        if (unlogged is not null)
            _log.TryAdd($"\nlightnix: the disk was full; the end of what was printed:\n{unlogged}");
    }

    /// <summary>Adds a text of Lightnix's own to the log, where that can be written.</summary>
    public void Note(string text) => _log.TryNote(text);

    /// <summary>Leaves the folder in place after disposal, for people to look at: with its inputs, also those that only a sandbox
    /// showed.</summary>
    public void Keep()
    {
        _kept = true;
        File.WriteAllText(Path.Combine(_root, SessionNames.KeptMarker), "");
        if (!IsInPlace)
            return;
        RemoveSetIdBits();
        if (_mounts.All.Count == 0)
            return;
        try
        {
            _disk.DeleteAll(Inputs);
            foreach (var place in _inputs)
                place(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            // Why the builder failed matters more than that its inputs do not fit on the disk a second time.
        }
    }

    // A kept folder may be moved to a place that others see. A file with other hard links may not belong to the builder.
    void RemoveSetIdBits()
    {
        if (!FileModes.Exist)
            return;
        const int bits = FileFacts.SetUser | FileFacts.SetGroup;
        var all = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = true,
        };
        foreach (var file in Directory.EnumerateFiles(Folder, "*", all))
        {
            if (Files.Facts(file) is { Kind: FileKind.File, Links: 1 } facts && (facts.Mode & bits) != 0)
                _disk.SetMode(file, facts.Mode & ~bits);
        }
    }

    /// <summary>Deletes everything. What cannot be deleted now is swept later.</summary>
    public void Dispose()
    {
        // Where the checkpoint could not be moved, as on a full disk, the workspace stays, and a later session moves it.
        var isSafe = TryReturnCheckpoint() && _checkpoint?.TryFinish() != false;
        if (_kept || !isSafe)
            _log.MoveInto(_root);
        else if (_disk.DeleteAll(_root))
            _log.Delete();
    }

    bool TryReturnCheckpoint()
    {
        // Where it could not be taken to the end, it goes back as it was.
        if (_checkpoint is null)
            return _moves?.TryRescue() != false;
        Reclaim();
        return _checkpoint.TryReturn();
    }

    string Inputs => Path.Combine(Folder, WorkingFolder.Inputs);
    string Aside => Path.Combine(_root, "aside");

    InputMounts NewMounts() => new(Aside, _keep);

    void Lay()
    {
        Directory.CreateDirectory(Out);
        Directory.CreateDirectory(Path.Combine(Folder, WorkingFolder.Home));
        Directory.CreateDirectory(Path.Combine(Folder, WorkingFolder.Temporary));
    }

    void Do(Action<string?> place)
    {
        place(null);
        _placed.Add(place);
    }

    // The builder could write to it: it may be a link by now, a terabyte of zeros, or unreadable.
    bool TryCopyFormer(SourceFile source, string former)
    {
        try
        {
            using var opened = OpenedFolder.At(former);
            using var file = opened.OpenForReading(source.Entry.Path);
            return file is not null && RandomAccess.GetLength(file) == _sizes[source.Entry.Path] && TryCopySource(file, source.Entry);
        }
        catch (IOException)
        {
            return false;
        }
    }

    bool TryCopySource(SafeFileHandle? file, SourceEntry entry)
    {
        var path = entry.Path.Under(Folder);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (file)
        {
            if (file is null || _disk.Copy(file, path, _cancelled).Digest != entry.Content)
            {
                File.Delete(path);
                return false;
            }
            _sizes[entry.Path] = RandomAccess.GetLength(file);
        }
        _disk.SetTime(path, ContentTime.Of(entry.Content));
        _disk.SetMode(path, entry.Executable ? Disk.WritableFolder : Disk.WritableFile);
        return true;
    }
}
