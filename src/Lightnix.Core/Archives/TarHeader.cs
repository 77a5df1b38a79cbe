using System.Buffers.Binary;

namespace Lightnix.Archives;

/// <summary>A header block of a tar archive, with the checksum verified.</summary>
sealed class TarHeader
{
    public const int BlockLength = 512;
    readonly byte[] _block;

    TarHeader(byte[] block) => _block = block;

    public char Type => (char)_block[156];
    public bool IsExecutable => (Number(100, 8, "mode") & 0b001_001_001) != 0;
    public long Size => Number(124, 12, "size");

    /// <summary>The format of GNU tar before it wrote PAX; it has times and a sparse map where POSIX has a prefix of the name.</summary>
    public bool IsGnu => _block.AsSpan(257, 8).SequenceEqual("ustar  \0"u8);

    public byte[] Name => _block.AsSpan(257, 6).SequenceEqual("ustar\0"u8) && Text(345, PrefixLength) is { Length: > 0 } prefix
        ? [.. prefix, (byte)'/', .. Text(0, 100)]
        : Text(0, 100);

    public byte[] LinkName => Text(157, 100);

    // `star` has times at the end of the prefix.
    int PrefixLength => _block.AsSpan(508, 4).SequenceEqual("tar\0"u8) ? 131 : 155;

    /// <exception cref="InvalidDataException">The checksum is wrong: this is no header, or it is damaged.</exception>
    public static TarHeader Parse(byte[] block)
    {
        var header = new TarHeader(block);
        long unsigned = 8 * ' ', signed = unsigned;
        for (var i = 0; i < BlockLength; i++)
        {
            unsigned += i is >= 148 and < 156 ? 0 : block[i];
            // Old writers added the bytes as signed ones.
            signed += i is >= 148 and < 156 ? 0 : (sbyte)block[i];
        }
        var written = header.Number(148, 8, "checksum");
        return written == unsigned || written == signed ? header : throw new InvalidDataException("the checksum of a tar header is wrong");
    }

    /// <summary>The sparse map in an entry of GNU tar's old format, and the size of the file with its holes.</summary>
    /// <param name="more">Reads a block that continues the map.</param>
    public SparseMap OldSparseMap(Func<byte[]> more)
    {
        var map = new List<(long, long)>();
        var (isLast, isContinued) = (AddRegions(map, 386, 4), _block[482] != 0);
        while (isContinued)
        {
            var next = new TarHeader(more());
            isLast = isLast || next.AddRegions(map, 0, 21);
            isContinued = next._block[504] != 0;
            SparseMap.CheckCount(map.Count);
        }
        return new(map, Number(483, 12, "real size"));
    }

    // True where an empty place ends the map.
    bool AddRegions(List<(long, long)> map, int at, int count)
    {
        for (var i = 0; i < count; i++, at += 24)
        {
            if (_block[at + 12] == 0)
                return true;
            map.Add((Number(at, 12, "sparse map"), Number(at + 12, 12, "sparse map")));
        }
        return false;
    }

    byte[] Text(int at, int length)
    {
        var field = _block.AsSpan(at, length);
        return (field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field).ToArray();
    }

    // Octal digits between spaces and NULs; or, marked by the highest bit, a binary number.
    long Number(int at, int length, string what)
    {
        ReadOnlySpan<byte> field = _block.AsSpan(at, length);
        if ((field[0] & 0x80) != 0)
            return Binary(field, what);
        var digits = field.Trim([(byte)' ', (byte)0]);
        var value = 0L;
        foreach (var digit in digits)
            value = digit is >= (byte)'0' and <= (byte)'7'
                ? value * 8 + digit - '0'
                : throw new InvalidDataException($"the {what} in a tar header is no number");
        return value;
    }

    static long Binary(ReadOnlySpan<byte> field, string what)
    {
        var isSmall = field[0] == 0x80 && !field[1..^8].ContainsAnyExcept((byte)0);
        var value = field.Length > 8
            ? BinaryPrimitives.ReadInt64BigEndian(field[^8..])
            : (long)(BinaryPrimitives.ReadUInt64BigEndian(field) & long.MaxValue);
        return value >= 0 && (field.Length > 8 ? isSmall : field[0] == 0x80)
            ? value
            : throw new InvalidDataException($"the {what} in a tar header is negative or has more than 63 bits");
    }
}
