using System.IO.Compression;

namespace Lightnix.Archives;

/// <summary>A zip archive whose headers agree, and whose bytes are verified when they are read.</summary>
sealed class ZipMembers : IDisposable
{
    readonly ZipArchive _archive;

    /// <param name="zip">Can be sought in; closed with this.</param>
    /// <exception cref="InvalidDataException">It is damaged, or holds something unknown.</exception>
    /// <exception cref="NameException">A name is not what the archive says, or two become one.</exception>
    public ZipMembers(Stream zip)
    {
        All = ZipDirectory.Read(zip);
        // Names are known; this decoder takes any byte.
        _archive = new(zip, ZipArchiveMode.Read, leaveOpen: false, Encoding.Latin1);
        if (_archive.Entries.Count != All.Length)
            throw new InvalidDataException("it has two directories");
    }

    public ImmutableArray<ZipMember> All { get; }

    /// <summary>The bytes of a member. They are verified at their end.</summary>
    public Stream Open(int index)
    {
        var (entry, member) = (_archive.Entries[index], All[index]);
        if ((entry.Crc32, entry.Length, entry.CompressedLength) != (member.Crc, member.Size, member.PackedSize))
            throw new InvalidDataException("it has two directories");
        return new VerifiedStream(entry.Open(), member);
    }

    public void Dispose() => _archive.Dispose();
}
