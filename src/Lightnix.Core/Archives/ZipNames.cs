using System.Buffers.Binary;
using System.Text.Unicode;

namespace Lightnix.Archives;

/// <summary>Reads the names of zip entries: UTF-8 where the entry says so, or where the bytes can be nothing else (macOS and many others do
/// not say it); otherwise code page 437, as the format has it. It has a character for each byte.</summary>
static class ZipNames
{
    const int Utf8Flag = 1 << 11;
    const ushort UnicodePath = 0x7075;
    static readonly Encoding Old = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    /// <exception cref="NameException">The entry says that its name is UTF-8, and it is not.</exception>
    public static string Read(ReadOnlySpan<byte> name, int flags, ReadOnlySpan<byte> extra)
    {
        if ((flags & Utf8Flag) != 0)
            return EntryName.Utf8(name);
        if (ZipExtra.Find(extra, UnicodePath) is [1, _, _, _, _, ..] unicode
            && BinaryPrimitives.ReadUInt32LittleEndian(unicode[1..]) == Crc32.Of(name))
            return EntryName.Utf8(unicode[5..]);
        return Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : Old.GetString(name);
    }
}
