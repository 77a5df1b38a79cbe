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

    /// <summary>Attributes of DOS in the lower half; in the upper one a Unix mode, if the system that wrote it has such modes.</summary>
    public required uint Attributes { get; init; }

    /// <summary>The number of the system that wrote the entry.</summary>
    public required byte MadeBy { get; init; }

    public required byte[] RawName { get; init; }

    /// <summary>Kind and permissions; 0 where none are written.</summary>
    public int Mode => HasMode ? (int)(Attributes >> 16) : 0;

    // As unzip has it: VMS, Unix, Atari, QDOS, Acorn, BeOS, Tandem, Theos, AtheOS.
    bool HasMode => MadeBy is 2 or 3 or 5 or 12 or 13 or (>= 16 and <= 18) or 30;

    /// <summary>The normalized name: two names with one path are one file.</summary>
    public string Path => string.Join('/', Name.Split('/').Where(s => s.Length > 0 && s != "."));

    public bool IsFolder =>
        Name.EndsWith('/') || (Mode & KindMask) == OfFolder || ((Mode & KindMask) == 0 && (Attributes & DosFolder) != 0);
}
