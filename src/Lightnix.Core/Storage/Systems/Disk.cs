using Microsoft.Win32.SafeHandles;

namespace Lightnix.Storage;

/// <summary>Every change that a store makes to the disk goes through here: one place that knows what must be synced, and where a test can
/// stop it before any step. Files are synced when they are made. Folders are marked as changed and synced together by <see cref="Settle"/>,
/// before the next record gets its name: a record never survives a power cut that loses what it names.</summary>
/// <param name="step">Gets each step before it is made; what it throws stops the step.</param>
sealed class Disk(Action<string>? step = null)
{
    public const int ReadOnly = 0x124, ReadOnlyExecutable = 0x16D, WritableFolder = 0x1ED, WritableFile = 0x1A4;

    // From here on one call for the whole file system costs less, although it syncs what others wrote, too.
    const int SyncAllCount = 64;

    const int SyncsAtOnce = 8;
    readonly Lock _gate = new();
    readonly Dictionary<string, long> _changed = new(StringComparer.Ordinal);
    long _changes;

    /// <summary>Makes a folder and those above it; one that is there is fine.</summary>
    public void MakeFolder(string path)
    {
        Step("make folder");
        Directory.CreateDirectory(path);
    }

    /// <summary>Makes a new folder that no other user can look or go into.</summary>
    public void MakePrivateFolder(string path)
    {
        Step("make folder");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Makes the folder that a file is to be in, where it is not there yet.</summary>
    public void MakeFolderFor(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (Directory.Exists(folder))
            return;
        MakeFolder(folder);
        Changed(Path.GetDirectoryName(folder)!);
    }

    /// <summary>Makes a new read-only file with some bytes. Not synced yet.</summary>
    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Step("write");
        using var file = New(path);
        RandomAccess.Write(file, bytes, 0);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)ReadOnly);
        else
            // Later, no handle for writing can be had.
            RandomAccess.FlushToDisk(file);
    }

    /// <summary>Adds bytes to the end of a file. Never synced: for what matters only while its writer lives.</summary>
    public void Append(string path, ReadOnlySpan<byte> bytes)
    {
        Step("append");
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.Write(bytes);
    }

    /// <summary>Copies a file's bytes to a new file and hashes what was stored; null where the source is no file. Not synced yet.</summary>
    /// <param name="follow">Whether the source may be a link.</param>
    public (Digest Digest, long Size)? Copy(string from, string to, bool follow = false, CancellationToken cancellationToken = default)
    {
        using var source = Files.OpenForReading(from, follow);
        return source is null ? null : Copy(source, to, cancellationToken);
    }

    /// <inheritdoc cref="Copy(string,string,bool,CancellationToken)"/>
    public (Digest Digest, long Size) Copy(SafeFileHandle source, string to, CancellationToken cancellationToken = default)
    {
        Step("copy");
        using var copy = New(to);
        return Copying.TryInKernel(source, copy, cancellationToken)
            ? Files.Digest(copy, cancellationToken)
            : Copying.Through(source, copy, cancellationToken);
    }

    /// <summary>Copies a file's bytes to a new file, sharing blocks where the file system can.</summary>
    public void CopyUnread(SafeFileHandle source, string to, CancellationToken cancellationToken = default)
    {
        Step("copy");
        using var copy = New(to);
        if (!Copying.TryInKernel(source, copy, cancellationToken))
            Copying.Through(source, copy, cancellationToken);
    }

    static SafeFileHandle New(string path) =>
        File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public void SetMode(string path, int mode)
    {
        Step("set mode");
        if (Native.IsLinux)
            Check(Native.SetMode(path, mode), path);
        else if (OperatingSystem.IsWindows())
            // Read-only folders mean nothing on Windows.
            SetReadOnly(path, (mode & FileFacts.OwnerWrite) == 0 && File.Exists(path));
        else
            File.SetUnixFileMode(path, (UnixFileMode)mode);
    }

    static void SetReadOnly(string path, bool isReadOnly)
    {
        var others = File.GetAttributes(path) & ~FileAttributes.ReadOnly;
        File.SetAttributes(path, isReadOnly ? others | FileAttributes.ReadOnly : others);
    }

    /// <summary>Gives the owner of a folder every right to it that is missing; what is no folder stays as it is.</summary>
    public void OpenToOwner(string folder)
    {
        const int all = FileFacts.OwnerRead | FileFacts.OwnerWrite | FileFacts.OwnerExecute;
        if (FileModes.Exist && Files.Facts(folder) is { Kind: FileKind.Folder } facts && (facts.Mode & all) != all)
            SetMode(folder, facts.Mode | all);
    }

    /// <summary>Sets the time of a file, a folder or a link itself.</summary>
    public void SetTime(string path, long unixSeconds)
    {
        Step("set time");
        if (Native.IsLinux)
            Check(Native.SetTime(path, unixSeconds), path);
        else if (Directory.Exists(path))
            Directory.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(unixSeconds));
        else
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(unixSeconds));
    }

    public void MakeLink(string path, string target)
    {
        Step("make link");
        File.CreateSymbolicLink(path, target);
        SetTime(path, ContentTime.Fixed);
    }

    /// <summary>Gives an inode another name; false where there is such a name already, the inode has too many, or the file system or the
    /// kernel does not want it.</summary>
    public bool TryLink(string existing, string path)
    {
        Step("link");
        return Native.IsLinux ? Native.Link(existing, path) == 0 : OperatingSystem.IsWindows() && Native.LinkOnWindows(existing, path);
    }

    /// <summary>Renames a file, in the place of what has that name.</summary>
    public void Replace(string from, string to)
    {
        Step("rename");
        if (Native.IsLinux)
            Check(Native.Rename(from, to), to);
        else
            PortableRenaming.Replace(from, to);
    }

    /// <summary>Renames a folder; false where the name is taken.</summary>
    public bool TryRenameFolder(string from, string to)
    {
        Step("rename folder");
        if (Native.IsLinux)
        {
            var error = Native.Rename(from, to);
            if (error is Native.NotEmpty or Native.Exists)
                return false;
            Check(error, to);
            return true;
        }
        try
        {
            Directory.Move(from, to);
            return true;
        }
        catch (IOException) when (Directory.Exists(to))
        {
            return false;
        }
    }

    public void Delete(string file)
    {
        Step("delete");
        File.Delete(file);
    }

    /// <summary>Deletes a file, or a folder with all that is in it, whatever its modes. False where something stayed.</summary>
    public bool DeleteAll(string path) => TryDeleteAll(path, out _);

    /// <param name="why">What stayed, and what the system said; null where nothing stayed.</param>
    /// <inheritdoc cref="DeleteAll"/>
    public bool TryDeleteAll(string path, out string? why)
    {
        Step("delete all");
        return Native.IsLinux ? Native.TryDeleteAll(path, out why) : PortableDeleting.TryAll(path, out why);
    }

    /// <summary>Notes that a name appeared in a folder, which has to be synced before a record is named.</summary>
    public void Changed(string folder)
    {
        lock (_gate)
            _changed[folder] = ++_changes;
    }

    /// <summary>Syncs some files and every folder that changed: then all that a record names is there for good.</summary>
    public void Settle(IReadOnlyList<string> files)
    {
        KeyValuePair<string, long>[] folders;
        lock (_gate)
            folders = [.. _changed];
        Sync(files, [.. folders.Select(f => f.Key)]);
        // Only now, because other threads that settle meanwhile rely on them too. And not those that changed again.
        lock (_gate)
        {
            foreach (var (folder, change) in folders)
            {
                if (_changed.GetValueOrDefault(folder) == change)
                    _changed.Remove(folder);
            }
        }
    }

    /// <summary>Syncs files and folders. All files are sent on their way to the disk before any is waited for, and all are waited for
    /// together: the commit of the file system's journal and the flush of the disk's cache, which are what a sync costs, then serve them
    /// all.</summary>
    public void Sync(IReadOnlyList<string> files, IReadOnlyList<string> folders)
    {
        Step("sync");
        if (!Native.IsLinux)
            SyncElsewhere(files);
        else if (files.Count + folders.Count > SyncAllCount)
            Check(Native.SyncFileSystem((files.Count > 0 ? files : folders)[0]), "the store's file system");
        else
            SyncTogether(files, folders);
    }

    static void SyncTogether(IReadOnlyList<string> files, IReadOnlyList<string> folders)
    {
        var open = new List<SafeFileHandle>(files.Count + folders.Count);
        try
        {
            foreach (var file in files)
            {
                open.Add(Files.OpenForReading(file) ?? throw new IOException($"'{file}' was deleted"));
                Native.StartWriting(open[^1]);
            }
            foreach (var folder in folders)
            {
                var (handle, error) = Native.OpenFolder(folder);
                Check(error, folder);
                open.Add(handle!);
            }
            // The pool's threads help as far as they are free.
            Parallel.ForEach(open, new ParallelOptions { MaxDegreeOfParallelism = SyncsAtOnce },
                o => Check(Native.Sync(o), "the store's disk"));
        }
        catch (AggregateException e) when (e.InnerException is IOException)
        {
            throw new IOException(e.InnerException.Message, e.InnerException);
        }
        finally
        {
            open.ForEach(o => o.Dispose());
        }
    }

    // Windows has no sync of folders: its journal keeps renames in order.
    static void SyncElsewhere(IReadOnlyList<string> files)
    {
        foreach (var file in files)
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!OperatingSystem.IsWindows())
                RandomAccess.FlushToDisk(handle);
        }
    }

    void Step(string what) => step?.Invoke(what);

    static void Check(int error, string path)
    {
        if (error != 0)
            throw Native.Problem(path, error);
    }
}
