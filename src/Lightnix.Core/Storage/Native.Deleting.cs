using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Lightnix.Storage;

/// <summary>Deleting whatever somebody made.</summary>
static partial class Native
{
    /// <summary>
    /// Deletes a file, or a folder with all that is in it, whatever its names, modes and depth; follows no link.
    /// Goes by open folders, not by paths, so that no one can exchange a part of the path meanwhile. False where something stayed.
    /// </summary>
    /// <remarks>A folder in a folder is moved to the top before it is emptied: however deep they are, two are open and nothing is called in depth.</remarks>
    public static bool DeleteAll(string path)
    {
        byte[] name = [.. Encoding.UTF8.GetBytes(path), 0];
        if (Facts(path, false).Facts?.Kind != FileKind.Folder)
            return Unlink(AtWorkingFolder, name);
        var top = OpenToEmpty(AtWorkingFolder, name);
        if (top < 0)
            return Marshal.GetLastPInvokeError() == NotFound;
        var emptied = new Emptying(top).Run();
        _ = close(top);
        return emptied && IsGone(unlinkat(AtWorkingFolder, ref name[0], AtRemoveFolder));
    }

    // Each level has an open folder.
    const int DeepestInPlace = 256;

    sealed class Emptying(int top)
    {
        // No builder knows it.
        readonly string _prefix = $".{RandomNumberGenerator.GetHexString(16)}-";
        readonly Queue<byte[]> _pending = new();
        long _last;

        public bool Run()
        {
            var all = Empty(top, child => MoveUp(top, child));
            while (_pending.TryDequeue(out var name))
            {
                var folder = OpenToEmpty(top, name);
                if (folder < 0)
                {
                    all &= Marshal.GetLastPInvokeError() == NotFound;
                    continue;
                }
                all &= Empty(folder, child => MoveUp(folder, child));
                _ = close(folder);
                all &= IsGone(unlinkat(top, ref name[0], AtRemoveFolder));
            }
            return all;
        }

        bool MoveUp(int folder, byte[] child)
        {
            if (folder == top)
            {
                _pending.Enqueue(child);
                return true;
            }
            byte[] name = [.. Encoding.ASCII.GetBytes(_prefix + (++_last).ToString(CultureInfo.InvariantCulture)), 0];
            // A folder that gets another parent is written to.
            var own = OpenToEmpty(folder, child);
            if (own >= 0)
                _ = close(own);
            if (renameat(folder, ref child[0], top, ref name[0]) != 0)
                return EmptyInPlace(folder, child, 0);
            _pending.Enqueue(name);
            return true;
        }

        // No folder of an overlay file system's lower layer can be moved.
        static bool EmptyInPlace(int parent, byte[] name, int depth)
        {
            var folder = depth < DeepestInPlace ? OpenToEmpty(parent, name) : -1;
            if (folder < 0)
                return depth < DeepestInPlace && Marshal.GetLastPInvokeError() == NotFound;
            var emptied = Empty(folder, child => EmptyInPlace(folder, child, depth + 1));
            _ = close(folder);
            return IsGone(unlinkat(parent, ref name[0], AtRemoveFolder)) && emptied;
        }

        // Where a folder stayed, what it was in cannot be removed either.
        static bool Empty(int folder, Func<byte[], bool> found)
        {
            var all = true;
            // The stream owns one descriptor and closes it when it is read; the other is for deleting.
            var stream = fdopendir(openat(folder, ref MemoryMarshal.GetReference(".\0"u8), OpenFolderOnly | OpenCloseOnExec));
            foreach (var (child, type) in stream == 0 ? [] : Read(stream))
            {
                byte[] name = [.. child, 0];
                // A file system need not tell the type (0): then a folder is what cannot be unlinked.
                if (type == 4 || !Unlink(folder, name))
                    all &= type is 4 or 0 && found(name);
            }
            return all;
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

    static bool Unlink(int at, byte[] name) => IsGone(unlinkat(at, ref name[0], 0));

    static bool IsGone(int result) => Error(result) is 0 or NotFound;

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
