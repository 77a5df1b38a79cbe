namespace Lightnix.Archives;

/// <summary>Where the bytes of a file with holes go.</summary>
/// <param name="regions">Offset and length, ascending. All between them is a hole.</param>
/// <param name="size">Of the file with its holes.</param>
sealed class SparseMap(List<(long Offset, long Length)> regions, long size)
{
    const int Most = 2_000_000;

    /// <exception cref="InvalidDataException">There are too many regions.</exception>
    public static void CheckCount(long count)
    {
        if (count > Most)
            throw new InvalidDataException("its list of holes is too long");
    }

    /// <summary>The file as it is read: its data with zeros for the holes.</summary>
    /// <param name="length">Bytes of data that the archive has for it.</param>
    /// <exception cref="InvalidDataException">The map does not fit these bytes.</exception>
    public Stream Expand(Stream data, long length)
    {
        var (end, sum) = (0L, 0L);
        foreach (var (offset, count) in regions)
        {
            if (offset < end || count < 0 || count > size - offset)
                throw new InvalidDataException("its list of holes contradicts itself");
            (end, sum) = (offset + count, sum + count);
        }
        return sum == length
            ? new SparseStream(data, regions, size)
            : throw new InvalidDataException("its list of holes does not fit its bytes");
    }
}
