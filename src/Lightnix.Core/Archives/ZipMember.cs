namespace Lightnix.Archives;

/// <summary>An entry of a zip archive, as its directory says.</summary>
sealed record ZipMember(string Name)
{
    const int KindMask = 0xF000, OfFolder = 0x4000, DosFolder = 0x10;

    public required uint Crc { get; init; }

    /// <summary>Compressed, in bytes.</summary>
    public required long PackedSize { get; init; }

    public required long Size { get; init; }

    public required ushort Flags { get; init; }

    public required ushort Method { get; init; }

    /// <summary>Of the entry's own header.</summary>
    public required long Offset { get; init; }

    /// <summary>Unix mode in the upper half, attributes of DOS in the lower one.</summary>
    public required uint Attributes { get; init; }

    public required byte[] RawName { get; init; }

    public int Mode => (int)(Attributes >> 16);

    public bool IsFolder => Name.EndsWith('/') || (Mode & KindMask) == OfFolder || ((Mode & KindMask) == 0 && (Attributes & DosFolder) != 0);
}
