using Lightnix.Archives;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Lightnix.Building;

/// <summary>Unpacks whole archives. The first bytes show the format, because they are hashed and names are not.</summary>
static class Unpacker
{
    const int MagicLength = 262;

    /// <exception cref="DownloadException">It is no archive of a known format, it is damaged, or it has refused entries.</exception>
    public static void Unpack(string archive, string fileName, string folder, CancellationToken cancellationToken)
    {
        using var stream = File.OpenRead(archive);
        var into = new ArchiveFolder(folder, cancellationToken);
        try
        {
            Unpack(stream, fileName, into, cancellationToken);
            into.Finish();
        }
        catch (NameException e)
        {
            throw new DownloadException(Visible.Text(
                $"'{fileName}' cannot be unpacked: {e.Message}; let each entry have a name of its own, in UTF-8, or unpack it by the "
                + "Command of another stage, which gives them other names"), isRefusal: true);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // Libraries read archives, and may throw anything. This archive cannot be unpacked.
            throw new DownloadException(Visible.Text($"'{fileName}' cannot be unpacked: {Reason(e, folder)}"));
        }
    }

    static string Reason(Exception e, string folder) => e switch
    {
        ZstdException => $"its zstd data is damaged or cut short, or goes on with something else: {e.Message}",
        // The system names a path in a temporary folder. The message names the entry.
        IOException or UnauthorizedAccessException => e.Message.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal),
        InvalidDataException or FormatException or NotSupportedException => e.Message,
        _ => $"{e.GetType().Name}: {e.Message}",
    };

    static void Unpack(FileStream stream, string fileName, ArchiveFolder into, CancellationToken cancellationToken)
    {
        var magic = new byte[MagicLength];
        var length = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        switch (magic)
        {
            case [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..]:
            // A mark before the first entry: a split archive with one part.
            case [(byte)'P', (byte)'K', 7, 8, ..] or [(byte)'P', (byte)'K', (byte)'0', (byte)'0', (byte)'P', (byte)'K', ..]:
                UnpackZip(stream, into, cancellationToken);
                break;
            case [0x1f, 0x8b, ..]:
                using (var plain = new GzipFile(stream))
                    UnpackTar(plain, into, cancellationToken);
                break;
            case [0x28, 0xb5, 0x2f, 0xfd, ..]:
            case [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..]: // A frame that is passed over: `pzstd` begins with one.
                using (var plain = new DecompressionStream(stream))
                {
                    plain.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, 31); // As `zstd --long=31` needs.
                    UnpackTar(plain, into, cancellationToken);
                }
                break;
            case var _ when length == MagicLength && magic.AsSpan(257, 5).SequenceEqual("ustar"u8)
                || (fileName.EndsWith(".tar", StringComparison.OrdinalIgnoreCase) && OtherFormat(magic) is null):
                UnpackTar(stream, into, cancellationToken);
                break;
            default:
                throw new InvalidDataException("it is no zip, tar, tar.gz or tar.zst" + (OtherFormat(magic) is { } other
                    ? $", but {other}; download it without Unpack, and unpack it by the Command of another stage"
                    : ""));
        }
    }

    static string? OtherFormat(byte[] magic) => magic switch
    {
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "bzip2",
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => "xz",
        [(byte)'7', (byte)'z', 0xbc, 0xaf, ..] => "7z",
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1a, 7, ..] => "rar",
        [0x04, 0x22, 0x4d, 0x18, ..] => "lz4",
        [(byte)'L', (byte)'Z', (byte)'I', (byte)'P', ..] => "lzip",
        [0x1f, 0x9d, ..] => "compress",
        _ => null,
    };

    static void UnpackZip(Stream stream, ArchiveFolder into, CancellationToken cancellationToken)
    {
        using var zip = new ZipMembers(stream);
        for (var i = 0; i < zip.All.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var member = zip.All[i];
            if (member.IsFolder)
            {
                into.AddFolder(member.Name);
                if (member.Size > 0)
                    throw new InvalidDataException($"its entry '{member.Name}' is a folder with bytes of its own");
                continue;
            }
            using var content = zip.Open(i);
            switch (member.Mode & UnixKind.Mask)
            {
                case UnixKind.Link:
                    into.AddLink(member.Name, Target(member, content));
                    break;
                case 0 or UnixKind.File:
                    into.AddFile(member.Name, content, (member.Mode & UnixKind.AnyExecute) != 0);
                    break;
                default:
                    throw new InvalidDataException($"its entry '{member.Name}' is no file, folder or link");
            }
        }
    }

    // A target that is longer than every path is not read.
    static string Target(ZipMember member, Stream content)
    {
        const int longestPath = 4096;
        var bytes = new byte[longestPath + 1];
        var length = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= longestPath ? EntryName.Utf8(bytes.AsSpan(0, length))
            : throw new InvalidDataException($"its link '{member.Name}' has a target of {member.Size} bytes");
    }

    static void UnpackTar(Stream stream, ArchiveFolder into, CancellationToken cancellationToken)
    {
        using var stoppable = new StoppableStream(stream, cancellationToken);
        using var tar = new TarMembers(stoppable);
        while (tar.Next() is { } member)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (member)
            {
                case TarMember.File file:
                    into.AddFile(file.Name, file.Content, file.IsExecutable);
                    break;
                case TarMember.Folder:
                    into.AddFolder(member.Name);
                    break;
                case TarMember.Link link:
                    into.AddLink(link.Name, link.Target);
                    break;
                case TarMember.HardLink link:
                    into.AddCopy(link.Name, link.Of);
                    break;
                default:
                    throw new InvalidOperationException($"unknown member {member}");
            }
        }
    }
}
