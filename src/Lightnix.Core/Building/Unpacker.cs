using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Lightnix.Model;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Lightnix.Building;

/// <summary>Unpacks archives whole, stripping nothing. What kind it is, its first bytes tell: they are what was hashed, and names lie.</summary>
static class Unpacker
{
    const int MagicLength = 262;

    /// <exception cref="DownloadException">It is no archive of a known kind, damaged, or holds what may not be unpacked.</exception>
    public static void Unpack(string archive, string fileName, string folder, CancellationToken cancellationToken)
    {
        using var stream = File.OpenRead(archive);
        var into = new ArchiveFolder(folder, cancellationToken);
        try
        {
            Unpack(stream, fileName, into, cancellationToken);
            into.Finish();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ZstdException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            throw new DownloadException(Visible.Text($"'{fileName}' cannot be unpacked: {e.Message}"));
        }
    }

    static void Unpack(FileStream stream, string fileName, ArchiveFolder into, CancellationToken cancellationToken)
    {
        var magic = new byte[MagicLength];
        var length = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        switch (magic)
        {
            case [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..]:
                UnpackZip(stream, into, cancellationToken);
                break;
            case [0x1f, 0x8b, ..]:
                using (var plain = new GZipStream(stream, CompressionMode.Decompress))
                    UnpackTar(plain, into, cancellationToken);
                break;
            case [0x28, 0xb5, 0x2f, 0xfd, ..]:
                using (var plain = new DecompressionStream(stream))
                {
                    plain.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, 31); // As `zstd --long=31` needs.
                    UnpackTar(plain, into, cancellationToken);
                }
                break;
            case var _ when length == MagicLength && Encoding.ASCII.GetString(magic, 257, 5) == "ustar" || fileName.EndsWith(".tar", StringComparison.OrdinalIgnoreCase):
                UnpackTar(stream, into, cancellationToken);
                break;
            default:
                throw new InvalidDataException("it is no zip, tar, tar.gz or tar.zst");
        }
    }

    static void UnpackZip(Stream stream, ArchiveFolder into, CancellationToken cancellationToken)
    {
        using var zip = new ZipArchive(stream);
        foreach (var entry in zip.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Only '/' separates in a zip (APPNOTE 4.4.17); '\' comes from Windows programs that meant it.
            var name = entry.FullName.Replace('\\', '/');
            var mode = (int)((uint)entry.ExternalAttributes >> 16);
            if (name.EndsWith('/'))
            {
                into.AddFolder(name);
                continue;
            }
            using var content = entry.Open();
            switch (mode & UnixKind.Mask)
            {
                case UnixKind.Link:
                    into.AddLink(name, Target(name, entry, content));
                    break;
                case 0 or UnixKind.File:
                    into.AddFile(name, content, (mode & UnixKind.AnyExecute) != 0);
                    break;
                default:
                    throw new InvalidDataException($"its entry '{name}' is no file, folder or link");
            }
        }
    }

    // What would not be a path anywhere need not be read: it may be gigabytes.
    static string Target(string name, ZipArchiveEntry entry, Stream content)
    {
        const int longestPath = 4096;
        var bytes = new byte[longestPath + 1];
        var length = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= longestPath ? Encoding.UTF8.GetString(bytes, 0, length) : throw new InvalidDataException($"its link '{name}' has a target of {entry.Length} bytes");
    }

    static void UnpackTar(Stream stream, ArchiveFolder into, CancellationToken cancellationToken)
    {
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    into.AddFile(entry.Name, entry.DataStream ?? Stream.Null, ((int)entry.Mode & UnixKind.AnyExecute) != 0);
                    break;
                case TarEntryType.Directory or TarEntryType.DirectoryList:
                    into.AddFolder(entry.Name);
                    break;
                case TarEntryType.SymbolicLink:
                    into.AddLink(entry.Name, entry.LinkName);
                    break;
                case TarEntryType.HardLink:
                    into.AddCopy(entry.Name, entry.LinkName);
                    break;
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                default:
                    throw new InvalidDataException($"its entry '{entry.Name}' is a {entry.EntryType}: only files, folders and links are unpacked");
            }
        }
    }
}
