using System.Buffers.Binary;

namespace Lightnix.Archives;

/// <summary>Sizes and place of a zip entry: in its directory, or where they are too large for that, in an extra field (Zip64).</summary>
static class ZipSizes
{
    const ushort Zip64 = 1;

    public static (long Plain, long Packed, long Offset) Read(ReadOnlySpan<byte> extra, uint plain, uint packed, uint offset, ushort disk)
    {
        var large = ZipExtra.Find(extra, Zip64);
        var sizes = (Next(plain, ref large), Next(packed, ref large), Next(offset, ref large));
        return disk is 0 or ushort.MaxValue ? sizes : throw new InvalidDataException("it is one part of several");
    }

    static long Next(uint small, ref ReadOnlySpan<byte> large)
    {
        if (small != uint.MaxValue)
            return small;
        if (large.Length < 8 || BinaryPrimitives.ReadInt64LittleEndian(large) is not (>= 0 and var size))
            throw new InvalidDataException("its directory is damaged or cut short");
        large = large[8..];
        return size;
    }
}
