namespace Lightnix.Archives;

/// <summary>The map of a sparse file of version 1.0, before its bytes: decimal numbers, each on a line, filled up to a block.</summary>
static class SparseNumbers
{
    /// <summary>Offsets and lengths in turn. The stream is then at the first byte of the file.</summary>
    public static List<long> ReadMap(Stream data)
    {
        var read = 0L;
        var count = ReadLine(data, ref read);
        SparseMap.CheckCount(count);
        var numbers = new List<long>();
        for (var i = 0L; i < 2 * count; i++)
            numbers.Add(ReadLine(data, ref read));
        for (; read % TarHeader.BlockLength != 0; read++)
            if (data.ReadByte() < 0)
                throw new InvalidDataException("its list of holes is cut short");
        return numbers;
    }

    static long ReadLine(Stream data, ref long read)
    {
        var number = 0L;
        for (var digits = 0; ; digits++)
        {
            var b = data.ReadByte();
            read++;
            if (b == '\n' && digits > 0)
                return number;
            if (b is < '0' or > '9' || digits == 18)
                throw new InvalidDataException("its list of holes is damaged");
            number = number * 10 + b - '0';
        }
    }
}
