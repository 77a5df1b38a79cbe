using Microsoft.Win32.SafeHandles;

namespace Lightnix.Storage;

/// <summary>An exclusive lock that the kernel gives on a file and takes back when its holder dies. That the file exists means nothing. Two
/// holders in one process exclude each other as two processes do.</summary>
sealed class KernelLock : IDisposable
{
    readonly string _path;
    readonly SafeFileHandle _file;

    KernelLock(string path, SafeFileHandle file) => (_path, _file) = (path, file);

    /// <summary>Takes the lock, or returns null at once where it is held.</summary>
    /// <exception cref="StoreException">LNX3002: the file system cannot lock.</exception>
    public static KernelLock? TryAcquire(string path) => Native.IsLinux ? TryAcquireOnLinux(path) : TryAcquireElsewhere(path);

    static KernelLock? TryAcquireOnLinux(string path)
    {
        for (var hasFolder = false; ;)
        {
            var (file, error) = Native.OpenForLocking(path);
            if (error == Native.NotFound && (error = Native.Create(path)) == 0)
                continue;
            // Folders of locks are empty between builds, and copies of a store may lack empty folders.
            if (error == Native.NotFound && !hasFolder)
            {
                hasFolder = MakeFolder(path);
                continue;
            }
            if (file is null)
                throw Native.Problem(path, error);
            error = Native.TryLock(file);
            // The holder deletes the file before it lets go: a lock on a file without its name excludes no other process.
            if (error == 0 && Native.Facts(path, follow: false).Facts?.Inode?.Number == Native.Facts(file).Inode?.Number)
                return new(path, file);
            file.Dispose();
            if (error == Native.WouldBlock)
                return null;
            if (error != 0)
                throw StorageErrors.NoLocks(path, Native.Describe(error));
        }
    }

    // Windows deletes the file with its last handle; on macOS it stays, which does no harm. Neither was ever run.
    static KernelLock? TryAcquireElsewhere(string path)
    {
        var hasFolder = false;
        for (var left = MostPending; ; left--)
        {
            try
            {
                return OperatingSystem.IsWindows()
                    ? new(path, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete,
                        FileOptions.DeleteOnClose))
                    : new(path, File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (DirectoryNotFoundException) when (!hasFolder)
            {
                hasFolder = MakeFolder(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && File.Exists(path))
            {
                return null;
            }
            catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows() && left > 0)
            {
                // The former holder's file is being deleted: it cannot be opened, and its name is not free yet.
                Thread.Sleep(1);
            }
        }
    }

    const int MostPending = 200;

    // Another process may make it at the same time.
    static bool MakeFolder(string path) => Directory.CreateDirectory(Path.GetDirectoryName(path)!).Exists;

    /// <summary>True as long as a process has the lock. Nothing is written, and it is enough that the file may be read.</summary>
    public static bool IsHeld(string path)
    {
        if (!Native.IsLinux)
            return IsHeldElsewhere(path);
        using var file = Files.OpenForReading(path);
        // A lock that this look took ends with the handle.
        return file is not null && Native.TryShareLock(file) == Native.WouldBlock;
    }

    static bool IsHeldElsewhere(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Lets waiting processes read what the holder does.</summary>
    public void Announce(string purpose)
    {
        try
        {
            var text = Encoding.UTF8.GetBytes(purpose);
            RandomAccess.Write(_file, text, 0);
            RandomAccess.SetLength(_file, text.Length);
        }
        catch (UnauthorizedAccessException)
        {
            // Another user's lock file: it locks without an announcement.
        }
    }

    /// <summary>What the holder of a lock announced; null where it announced nothing yet, or has ended.</summary>
    public static string? Holder(string path)
    {
        try
        {
            return Files.TryRead(path) is { Length: > 0 } purpose ? Encoding.UTF8.GetString(purpose) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (_file.IsClosed)
            return;
        if (Native.IsLinux)
            Native.DeleteAll(_path);
        _file.Dispose();
    }
}
