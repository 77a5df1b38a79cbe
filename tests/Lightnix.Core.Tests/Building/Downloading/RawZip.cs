using Lightnix.Hashing;

namespace Lightnix.Building;

/// <summary>Writes a zip archive of stored entries, which may say anything.</summary>
sealed class RawZip
{
    readonly List<byte> _entries = [];
    readonly List<byte> _directory = [];
    ushort _count;

    public RawZip Add(ReadOnlySpan<byte> name, string content, int flags = 0, int method = 0, int mode = 0, uint attributes = 0,
        int? size = null, byte madeBy = 3) =>
        Add(name, Encoding.UTF8.GetBytes(content), flags, method, mode, attributes, size, madeBy);

    public RawZip Add(ReadOnlySpan<byte> name, byte[] content, int flags = 0, int method = 0, int mode = 0, uint attributes = 0,
        int? size = null, byte madeBy = 3)
    {
        var offset = (uint)_entries.Count;
        byte[] common = Common(name, content, flags, method, size);
        _entries.AddRange([.. "PK\u0003\u0004"u8, .. common, .. name, .. content]);
        _directory.AddRange([.. "PK\u0001\u0002"u8, 20, madeBy, .. common, .. new byte[6], .. Bytes((uint)mode << 16 | attributes),
            .. Bytes(offset), .. name]);
        _count++;
        return this;
    }

    public byte[] ToArray() =>
    [
        .. _entries, .. _directory, .. "PK\u0005\u0006"u8, .. new byte[4], .. Bytes(_count), .. Bytes(_count),
            .. Bytes((uint)_directory.Count), .. Bytes((uint)_entries.Count), 0, 0,
    ];

    static byte[] Common(ReadOnlySpan<byte> name, byte[] content, int flags, int method, int? size) =>
    [
        20, 0, .. Bytes((ushort)flags), .. Bytes((ushort)method), .. new byte[4], .. Bytes(Crc32.Of(content)),
            .. Bytes((uint)content.Length), .. Bytes((uint)(size ?? content.Length)),
        .. Bytes((ushort)name.Length), 0, 0,
    ];

    static byte[] Bytes(uint number) => [(byte)number, (byte)(number >> 8), (byte)(number >> 16), (byte)(number >> 24)];

    static byte[] Bytes(ushort number) => [(byte)number, (byte)(number >> 8)];
}
