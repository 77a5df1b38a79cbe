namespace Lightnix.Archives;

/// <summary>Reads a tar archive as GNU tar does, in all its formats. Refuses what it does not understand.</summary>
/// <remarks>.NET's own reader verifies no checksum, replaces bytes in names that are not UTF-8, and hands out the packed form of sparse
/// files.</remarks>
/// <param name="tar">Stays open.</param>
sealed class TarMembers(Stream tar) : IDisposable
{
    /// <summary>Of a name or of a list of records, in bytes.</summary>
    const long LongestHeader = 16 << 20;

    PartStream _content = new(tar, 0);
    PartStream _padding = new(tar, 0);

    /// <summary>The next member; null at the end, up to which everything was read.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, or holds something unknown.</exception>
    /// <exception cref="EndOfStreamException">It is cut short.</exception>
    /// <exception cref="NameException">A name in it is not UTF-8.</exception>
    public TarMember? Next()
    {
        var more = new More();
        while (true)
        {
            _content.Skip();
            _padding.Skip();
            if (ReadBlock() is not { } block)
                return more.IsEmpty ? null : throw new EndOfStreamException("it is cut short");
            if (!block.AsSpan().ContainsAnyExcept((byte)0))
            {
                ReadEnd();
                return null;
            }
            var header = TarHeader.Parse(block);
            switch (header.Type)
            {
                case 'x' or 'X':
                    more = more with { Records = TarRecords.Parse(ReadBytes(header)) };
                    break;
                case 'g':
                    TarRecords.Parse(ReadBytes(header)).CheckGlobal();
                    break;
                case 'L':
                    more = more with { Name = ReadName(header) };
                    break;
                case 'K':
                    more = more with { LinkName = ReadName(header) };
                    break;
                case 'V': // A label of the whole, with headers of its own.
                    Part(more.Records.Number("size") ?? header.Size);
                    more = new();
                    break;
                default:
                    return Member(header, more);
            }
        }
    }

    public void Dispose()
    {
        _content.Dispose();
        _padding.Dispose();
    }

    TarMember Member(TarHeader header, More more)
    {
        var name = EntryName.Utf8(more.Records.SparseName ?? more.Records.Find("path") ?? more.Name ?? header.Name);
        try
        {
            return Member(header, more, name);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"its entry '{name}' cannot be read: {e.Message}");
        }
    }

    TarMember Member(TarHeader header, More more, string name)
    {
        // The size of a link or a folder counts no bytes: the next header follows at once.
        Part(header.Type is '1' or '2' or '5' ? 0 : more.Records.Number("size") ?? header.Size);
        switch (header.Type)
        {
            case '0' or '\0' or '7' or 'S' when name.EndsWith('/'):
                return _content.Rest == 0
                    ? new TarMember.Folder(name)
                    : throw new InvalidDataException("it is a folder with bytes of its own");
            case '5' or 'D':
                return new TarMember.Folder(name);
            case '0' or '\0' or '7':
                var content = more.Records.IsSparse ? Expand(more.Records.SparseMap(_content)) : _content;
                return new TarMember.File(name, content, header.IsExecutable);
            case 'S' when header.IsGnu:
                return new TarMember.File(name, OldSparse(header), header.IsExecutable);
            case '1':
                return new TarMember.HardLink(name, LinkName(header, more));
            case '2':
                return new TarMember.Link(name, LinkName(header, more));
            default:
                throw new NotSupportedException($"its entry '{name}' is a {Kind(header.Type)}: only files, folders and links are unpacked");
        }
    }

    // Blocks that continue the map stand before the bytes, and are not counted as such.
    Stream OldSparse(TarHeader header) =>
        Expand(header.OldSparseMap(() => ReadBlock() ?? throw new EndOfStreamException("it is cut short")));

    Stream Expand(SparseMap map) => map.Expand(_content, _content.Rest);

    static string LinkName(TarHeader header, More more) =>
        EntryName.Utf8(more.Records.Find("linkpath") ?? more.LinkName ?? header.LinkName);

    static string Kind(char type) => type switch
    {
        '3' => "CharacterDevice",
        '4' => "BlockDevice",
        '6' => "Fifo",
        'M' => "part of a file that another volume began",
        'S' => "sparse file of an unknown format",
        _ => $"entry of type '{Visible.Text(type.ToString())}'",
    };

    byte[] ReadName(TarHeader header)
    {
        var bytes = ReadBytes(header);
        return bytes.AsSpan().IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes;
    }

    byte[] ReadBytes(TarHeader header)
    {
        if (header.Size > LongestHeader)
            throw new InvalidDataException("a header in it is too long");
        Part(header.Size);
        var bytes = new byte[header.Size];
        _content.ReadExactly(bytes);
        return bytes;
    }

    void Part(long size) =>
        (_content, _padding) = (new(tar, size), new(tar, (TarHeader.BlockLength - size % TarHeader.BlockLength) % TarHeader.BlockLength));

    byte[]? ReadBlock()
    {
        var block = new byte[TarHeader.BlockLength];
        return tar.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) switch
        {
            0 => null,
            TarHeader.BlockLength => block,
            _ => throw new EndOfStreamException("it is cut short"),
        };
    }

    // `tar` stops at an empty block. What follows would be lost silently: another archive, as from `cat a.tar b.tar`.
    void ReadEnd()
    {
        var buffer = new byte[64 * 1024];
        while (tar.Read(buffer) is var count and > 0)
            if (buffer.AsSpan(0, count).ContainsAnyExcept((byte)0))
                throw new InvalidDataException(
                    "it goes on after its end, as two archives in one file do, and only the first would be unpacked");
    }

    /// <summary>What headers before an entry say about it.</summary>
    sealed record More
    {
        public TarRecords Records { get; init; } = TarRecords.None;
        public byte[]? Name { get; init; }
        public byte[]? LinkName { get; init; }
        public bool IsEmpty => ReferenceEquals(Records, TarRecords.None) && Name is null && LinkName is null;
    }
}
