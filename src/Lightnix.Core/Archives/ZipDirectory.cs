using System.Buffers.Binary;

namespace Lightnix.Archives;

/// <summary>Reads the directory of a zip archive and compares it with the header of each entry. It refuses what it does not know.</summary>
/// <remarks>.NET's own reader shows neither flags nor bytes of names, and compares nothing. The decompressed bytes still come from
/// it.</remarks>
static class ZipDirectory
{
    const uint EntrySignature = 0x02014b50, LocalSignature = 0x04034b50;
    const int EntryLength = 46, LocalLength = 30;
    const int Encrypted = 1, SizesFollow = 1 << 3, Utf8Name = 1 << 11;

    /// <summary>Compression options, sizes that follow the data, UTF-8.</summary>
    const int Known = 0b110 | SizesFollow | Utf8Name;

    /// <exception cref="InvalidDataException">It is damaged, contradicts itself, or holds something unknown.</exception>
    /// <exception cref="NameException">A name is not what the archive says, or two become one.</exception>
    public static ImmutableArray<ZipMember> Read(Stream zip)
    {
        var end = ZipEnd.Find(zip);
        var bytes = At(zip, end.DirectoryOffset, end.DirectoryLength);
        var members = ImmutableArray.CreateBuilder<ZipMember>();
        ReadOnlySpan<byte> rest = bytes;
        for (var i = 0L; i < end.Count; i++)
            members.Add(Entry(ref rest));
        if (!rest.IsEmpty)
            throw new InvalidDataException("its directory has more entries than it says");
        CheckPlaces(zip, members, end.DirectoryOffset);
        CheckNames(members);
        return members.ToImmutable();
    }

    static ZipMember Entry(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < EntryLength || BinaryPrimitives.ReadUInt32LittleEndian(rest) != EntrySignature)
            throw Damaged();
        int nameLength = Short(rest, 28), extraLength = Short(rest, 30), length = EntryLength + nameLength + extraLength + Short(rest, 32);
        if (rest.Length < length)
            throw Damaged();
        ReadOnlySpan<byte> entry = rest[..EntryLength], name = rest.Slice(EntryLength, nameLength);
        var extra = rest.Slice(EntryLength + nameLength, extraLength);
        var flags = Short(entry, 8);
        var sizes = ZipSizes.Read(extra, Int(entry, 24), Int(entry, 20), Int(entry, 42), Short(entry, 34));
        // Only '/' separates in a zip (APPNOTE 4.4.17); '\' comes from Windows programs that meant it.
        var member = new ZipMember(ZipNames.Read(name, flags, extra).Replace('\\', '/'))
        {
            Flags = flags,
            Method = Short(entry, 10),
            Crc = Int(entry, 16),
            PackedSize = sizes.Packed,
            Size = sizes.Plain,
            Offset = sizes.Offset,
            MadeBy = entry[5],
            Attributes = Int(entry, 38),
            RawName = name.ToArray(),
        };
        CheckFlags(member);
        rest = rest[length..];
        return member;
    }

    static void CheckFlags(ZipMember member)
    {
        if ((member.Flags & Encrypted) != 0)
            throw new InvalidDataException($"its entry '{member.Name}' is encrypted");
        if ((member.Flags & ~Known) is not 0 and var flags)
            throw new InvalidDataException($"its entry '{member.Name}' has the flags 0x{flags:x}, which are not known");
        if (member.Method is not (0 or 8 or 9))
            throw new InvalidDataException(
                $"its entry '{member.Name}' is compressed by method {member.Method}; known are 0 (stored), 8 (deflate) and 9 (deflate64)");
    }

    // Each entry has its own header, which readers of streams use; no two entries share bytes.
    static void CheckPlaces(Stream zip, IEnumerable<ZipMember> members, long directory)
    {
        var free = 0L;
        foreach (var member in members.OrderBy(m => m.Offset))
        {
            var local = member.Offset >= free ? At(zip, member.Offset, LocalLength) : throw Contradiction(member);
            if (Int(local, 0) != LocalSignature)
                throw Contradiction(member);
            var name = At(zip, member.Offset + LocalLength, Short(local, 26));
            var flags = Short(local, 6);
            // Archivers differ in the flag for sizes that follow, and in the flag for UTF-8 with an ASCII name.
            var same = Ascii.IsValid(name) ? ~Known : ~Known | Utf8Name;
            if (!name.AsSpan().SequenceEqual(member.RawName) || ((flags ^ member.Flags) & same) != 0 || Short(local, 8) != member.Method
                || !((flags & SizesFollow) != 0
                    || (Int(local, 14) == member.Crc && Agrees(Int(local, 18), member.PackedSize) && Agrees(Int(local, 22), member.Size))))
                throw Contradiction(member);
            free = member.Offset + LocalLength + name.Length + Short(local, 28) + member.PackedSize;
            if (member.PackedSize > directory || free > directory)
                throw Contradiction(member);
        }
    }

    // The content of a file that another entry replaces would be lost. A folder may stand there twice.
    static void CheckNames(IEnumerable<ZipMember> members)
    {
        foreach (var group in members.GroupBy(m => m.Path, StringComparer.Ordinal))
        {
            if (group.FirstOrDefault(m => !m.RawName.AsSpan().SequenceEqual(group.First().RawName)) is { } other
                && !group.All(m => m.IsFolder))
                throw new NameException($"two entries in it are both read as '{Visible.Text(group.Key)}', and their names are "
                    + "written in the bytes "
                    + $"{Convert.ToHexStringLower(group.First().RawName)} and {Convert.ToHexStringLower(other.RawName)}");
        }
    }

    static bool Agrees(uint written, long size) => written == uint.MaxValue || written == size;

    static byte[] At(Stream zip, long offset, long length)
    {
        if (offset < 0 || length < 0 || length > zip.Length - offset)
            throw Damaged();
        var bytes = new byte[length];
        zip.Position = offset;
        zip.ReadExactly(bytes);
        return bytes;
    }

    static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    static uint Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    static InvalidDataException Damaged() => new("its directory is damaged or cut short");

    static InvalidDataException Contradiction(ZipMember member) =>
        new($"its entry '{member.Name}' is not where and what its directory says");
}
