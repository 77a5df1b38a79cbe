namespace Lightnix.Archives;

/// <summary>The records of a PAX header: what an entry says beyond its own header.</summary>
sealed class TarRecords
{
    const string Sparse = "GNU.sparse.";

    /// <summary>Keys of what no tree keeps: times, owners, attributes.</summary>
    static readonly HashSet<string> Passed = new(StringComparer.Ordinal)
    {
        "atime", "ctime", "mtime", "uid", "gid", "uname", "gname", "comment", "charset",
        "devmajor", "devminor", "LIBARCHIVE.creationtime", "LIBARCHIVE.symlinktype",
        "SCHILY.dev", "SCHILY.ino", "SCHILY.nlink", "SCHILY.fflags", "SCHILY.devmajor", "SCHILY.devminor", "GNU.dumpdir",
    };

    static readonly string[] PassedBeginnings =
        ["SCHILY.xattr.", "SCHILY.acl.", "LIBARCHIVE.xattr.", "RHT.security.", "APK-TOOLS.", "MSWINDOWS.", "NODETAR."];

    static readonly HashSet<string> SparseKeys = new(StringComparer.Ordinal)
    {
        Sparse + "major", Sparse + "minor", Sparse + "name", Sparse + "realsize", Sparse + "size", Sparse + "numblocks",
        Sparse + "offset", Sparse + "numbytes", Sparse + "map",
    };

    readonly List<(string Key, byte[] Value)> _records = [];

    public static TarRecords None { get; } = new();

    /// <exception cref="InvalidDataException">This is no list of records, or it holds an unknown key.</exception>
    public static TarRecords Parse(ReadOnlySpan<byte> bytes)
    {
        var records = new TarRecords();
        while (!bytes.IsEmpty)
        {
            var space = bytes.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(bytes[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > bytes.Length || bytes[length - 1] != '\n')
                throw new InvalidDataException("a PAX header in it is damaged");
            var record = bytes[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0)
                throw new InvalidDataException("a PAX header in it is damaged");
            records.Add(EntryName.Utf8(record[..equals]), record[(equals + 1)..].ToArray());
            bytes = bytes[length..];
        }
        return records;
    }

    /// <summary>The last value of a key; null where there is none, or where the last is empty, which cancels it.</summary>
    public byte[]? Find(string key) => _records.LastOrDefault(r => r.Key == key).Value is { Length: > 0 } value ? value : null;

    public long? Number(string key) => Find(key) is { } value ? ParseNumber(value) : null;

    /// <summary>Refuses keys that a global header must not have.</summary>
    public void CheckGlobal()
    {
        foreach (var (key, _) in _records)
            if (!IsPassed(key) && key != "hdrcharset")
                throw new InvalidDataException($"its global header gives all entries one '{key}'");
    }

    public bool IsSparse => _records.Exists(r => r.Key.StartsWith(Sparse, StringComparison.Ordinal));

    /// <summary>The real name of a sparse file: versions 0.1 and 1.0 give the entry another, for readers that do not know them.</summary>
    public byte[]? SparseName => Find(Sparse + "name");

    /// <summary>The map of a sparse file, in any of three versions.</summary>
    /// <param name="data">The bytes of the entry; version 1.0 begins with its map, which is consumed.</param>
    public SparseMap SparseMap(Stream data) => (Number(Sparse + "major") ?? 0, Number(Sparse + "minor") ?? 0) switch
    {
        (1, 0) => new(RegionsOf(SparseNumbers.ReadMap(data)), Size("realsize")),
        (0, _) when Find(Sparse + "map") is { } map => new(RegionsOf(Numbers(map)), Size("size")),
        (0, _) => new(RegionsOf(OldNumbers()), Size("size")),
        var (major, minor) => throw new InvalidDataException(
            $"its holes are written in version {major}.{minor} of the sparse format, which is not known"),
    };

    // Version 0.0: two records for each region.
    List<long> OldNumbers() =>
        [.. _records.Where(r => r.Key is Sparse + "offset" or Sparse + "numbytes").Select(r => ParseNumber(r.Value))];

    long Size(string key) => Number(Sparse + key) ?? throw new InvalidDataException($"its sparse header has no '{Sparse}{key}'");

    static List<long> Numbers(ReadOnlySpan<byte> list)
    {
        var numbers = new List<long>();
        foreach (var range in list.Split((byte)','))
            numbers.Add(ParseNumber(list[range]));
        return numbers;
    }

    static List<(long, long)> RegionsOf(List<long> numbers) => numbers.Count % 2 == 0
        ? [.. numbers.Chunk(2).Select(pair => (pair[0], pair[1]))]
        : throw new InvalidDataException("its list of holes is cut short");

    void Add(string key, byte[] value)
    {
        if (key == "hdrcharset" && !value.AsSpan().SequenceEqual("BINARY"u8) && !value.AsSpan().SequenceEqual("ISO-IR 10646 2000 UTF-8"u8))
            throw new InvalidDataException($"its names are written in '{EntryName.Utf8(value)}', and only UTF-8 is known");
        if (!IsPassed(key) && key is not ("path" or "linkpath" or "size" or "hdrcharset") && !SparseKeys.Contains(key))
            throw new InvalidDataException($"its PAX header says '{key}', which is not known");
        _records.Add((key, value));
    }

    static bool IsPassed(string key) =>
        Passed.Contains(key) || Array.Exists(PassedBeginnings, b => key.StartsWith(b, StringComparison.Ordinal));

    static long ParseNumber(ReadOnlySpan<byte> digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new InvalidDataException("a number in its PAX header is none, or has more than 63 bits");
}
