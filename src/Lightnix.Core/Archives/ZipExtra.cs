using System.Buffers.Binary;

namespace Lightnix.Archives;

/// <summary>The extra fields of a zip entry: each a number, a length and bytes.</summary>
static class ZipExtra
{
    /// <summary>The first field of this number; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> extra, ushort id)
    {
        // Bytes that are too few for a field are padding.
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
                break;
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == id)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
        return [];
    }
}
