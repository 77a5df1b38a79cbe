using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Storage;

/// <summary>Calls of kernel32, on Windows only.</summary>
static partial class Native
{
    const uint AccessDelete = 0x10000, GenericWrite = 0x40000000, ShareAll = 7, OpenExisting = 3;
    const uint OpenTheLink = 0x200000, BackupSemantics = 0x2000000;

    /// <summary>Deletes a name, or an empty folder, or a link without what it leads to. A file may be read-only: the attribute would belong
    /// to all of its names. False where this Windows or this file system cannot.</summary>
    public static bool DeleteOnWindows(string path)
    {
        const int dispositionEx = 21, delete = 1, posix = 2, ignoreReadOnly = 0x10;
        using var file = CreateFile(path, AccessDelete, ShareAll, 0, OpenExisting, OpenTheLink | BackupSemantics, 0);
        var flags = delete | posix | ignoreReadOnly;
        return !file.IsInvalid && SetFileInformationByHandle(file, dispositionEx, ref flags, sizeof(int));
    }

    /// <summary>Makes a directory junction, which needs no privilege. False, with nothing made, where the file system has none.</summary>
    /// <param name="path">Where nothing is yet.</param>
    /// <param name="folder">Absolute, on a local disk.</param>
    public static bool MakeJunction(string path, string folder)
    {
        const uint setReparsePoint = 0x900A4;
        Directory.CreateDirectory(path);
        using (var junction = CreateFile(path, GenericWrite, ShareAll, 0, OpenExisting, OpenTheLink | BackupSemantics, 0))
        {
            var data = JunctionData(folder);
            if (!junction.IsInvalid && DeviceIoControl(junction, setReparsePoint, ref data[0], data.Length, 0, 0, out _, 0))
                return true;
        }
        Directory.Delete(path);
        return false;
    }

    /// <summary>REPARSE_DATA_BUFFER of a mount point: the tag, lengths and places, the name for the system, the name for people.</summary>
    internal static byte[] JunctionData(string folder)
    {
        byte[] system = Encoding.Unicode.GetBytes($@"\??\{folder}"), people = Encoding.Unicode.GetBytes(folder);
        using var data = new MemoryStream();
        using var writer = new BinaryWriter(data);
        writer.Write(0xA0000003);
        writer.Write((ushort)(8 + system.Length + 2 + people.Length + 2));
        writer.Write((ushort)0);
        writer.Write((ushort)0);
        writer.Write((ushort)system.Length);
        writer.Write((ushort)(system.Length + 2));
        writer.Write((ushort)people.Length);
        writer.Write(system);
        writer.Write((ushort)0);
        writer.Write(people);
        writer.Write((ushort)0);
        writer.Flush();
        return data.ToArray();
    }

    public static bool LinkOnWindows(string existing, string path) => CreateHardLink(path, existing, 0);

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(string path, uint access, uint share, nint security, uint disposition, uint flags,
        nint template);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetFileInformationByHandle(SafeFileHandle file, int kind, ref int information, int size);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool DeviceIoControl(SafeFileHandle file, uint code, ref byte input, int inputSize, nint output, int outputSize,
        out int returned, nint overlapped);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string path, string existing, nint security);
}
