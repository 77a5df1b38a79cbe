using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Lightnix.Storage;

/// <summary>Deleting files and folders of any name, mode and depth.</summary>
static partial class Native
{
    /// <summary>Deletes a file, or a folder with all that is in it, whatever its names, modes and depth; follows no link. Goes by open
    /// folders, not by paths, so that no one can exchange a part of the path meanwhile. False where something stayed.</summary>
    /// <param name="why">What stayed first, and what the system said; null where nothing stayed.</param>
    /// <remarks>A folder in a folder is moved to the top before it is emptied: however deep they are, two are open and nothing is called in
    /// depth.</remarks>
    public static bool TryDeleteAll(string path, out string? why)
    {
        byte[] name = [.. Encoding.UTF8.GetBytes(path), 0];
        var emptying = new Emptying();
        _ = Facts(path, false).Facts?.Kind == FileKind.Folder
            ? emptying.TakeFolder(AtWorkingFolder, name)
            : emptying.Take(AtWorkingFolder, name, 0);
        why = emptying.Stayed;
        return why is null;
    }

    /// <inheritdoc cref="TryDeleteAll"/>
    public static bool DeleteAll(string path) => TryDeleteAll(path, out _);

    // Each level has an open folder.
    const int DeepestInPlace = 256;

    sealed class Emptying
    {
        // No builder knows it.
        readonly string _prefix = $".{RandomNumberGenerator.GetHexString(16)}-";
        readonly Queue<byte[]> _pending = new();
        long _last;
        int _top;

        /// <summary>The first entry that could not be deleted, and why; null where all went.</summary>
        public string? Stayed { get; private set; }

        /// <summary>Deletes a file or a link.</summary>
        public bool Take(int at, byte[] name, int flags) =>
            unlinkat(at, ref name[0], flags) == 0 || Stays(name, Marshal.GetLastPInvokeError());

        /// <summary>Deletes a folder with all that is in it.</summary>
        public bool TakeFolder(int at, byte[] name)
        {
            _top = OpenToEmpty(at, name);
            if (_top < 0)
                return Stays(name, Marshal.GetLastPInvokeError());
            var all = Empty(_top, child => MoveUp(_top, child));
            while (_pending.TryDequeue(out var child))
                all &= Take(_top, child, MoveUp);
            _ = close(_top);
            return all && Take(at, name, AtRemoveFolder);
        }

        bool Take(int parent, byte[] name, Func<int, byte[], bool> found)
        {
            var folder = OpenToEmpty(parent, name);
            if (folder < 0)
                return Stays(name, Marshal.GetLastPInvokeError());
            var all = Empty(folder, child => found(folder, child));
            _ = close(folder);
            return all && Take(parent, name, AtRemoveFolder);
        }

        bool MoveUp(int folder, byte[] child)
        {
            byte[] name = [.. Encoding.ASCII.GetBytes(_prefix + (++_last).ToString(CultureInfo.InvariantCulture)), 0];
            // A folder that gets another parent is written to.
            var own = OpenToEmpty(folder, child);
            if (own >= 0)
                _ = close(own);
            if (renameat(folder, ref child[0], _top, ref name[0]) != 0)
            {
                // Something is mounted there, whose files stay.
                return Marshal.GetLastPInvokeError() is Busy and var error ? Stays(child, error) : EmptyInPlace(folder, child, 0);
            }
            _pending.Enqueue(name);
            return true;
        }

        // No folder of an overlay file system's lower layer can be moved.
        bool EmptyInPlace(int parent, byte[] name, int depth) => depth == DeepestInPlace
            ? Stays(name, NameTooLong)
            : Take(parent, name, (folder, child) => EmptyInPlace(folder, child, depth + 1));

        // Where a folder stayed, what it was in cannot be removed either.
        bool Empty(int folder, Func<byte[], bool> found)
        {
            var all = true;
            // The stream owns one descriptor and closes it when it is read; the other is for deleting.
            var stream = fdopendir(openat(folder, ref MemoryMarshal.GetReference(".\0"u8), OpenFolderOnly | OpenCloseOnExec));
            foreach (var (child, type) in stream == 0 ? [] : Read(stream))
            {
                byte[] name = [.. child, 0];
                // Some file systems report no type (0): then a folder is what cannot be unlinked.
                if (type == 4 || (type == 0 && unlinkat(folder, ref name[0], 0) != 0))
                    all &= found(name);
                else if (type != 0)
                    all &= Take(folder, name, 0);
            }
            return all;
        }

        bool Stays(byte[] name, int error)
        {
            if (error == NotFound)
                return true;
            Stayed ??= $"'{Visible.Text(Encoding.UTF8.GetString(name[..^1]))}': {Describe(error)}";
            return false;
        }
    }

    static int OpenToEmpty(int at, byte[] name)
    {
        var folder = openat(at, ref name[0], OpenFolderOnly | OpenNoFollow | OpenCloseOnExec);
        // Not for a link that took the folder's place: its mode would be that of what it names.
        if (folder < 0 && Marshal.GetLastPInvokeError() == AccessDenied)
        {
            SetModeOfUnreadable(at, name);
            folder = openat(at, ref name[0], OpenFolderOnly | OpenNoFollow | OpenCloseOnExec);
        }
        if (folder >= 0)
            _ = fchmod(folder, 0x1C0);
        return folder;
    }

    // By its path, the kernel would follow a link that takes the folder's place in this moment.
    static void SetModeOfUnreadable(int at, byte[] name)
    {
        var folder = openat(at, ref name[0], OpenAsPath | OpenFolderOnly | OpenNoFollow | OpenCloseOnExec);
        if (folder < 0)
            return;
        _ = chmod(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{folder}"), 0x1C0);
        _ = close(folder);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int openat(int at, ref byte path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fchmod(int file, uint mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int renameat(int at, ref byte from, int to, ref byte path);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unlinkat(int at, ref byte path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint fdopendir(int folder);
}
