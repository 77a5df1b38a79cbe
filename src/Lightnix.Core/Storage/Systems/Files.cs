using System.Buffers;
using System.Security.Cryptography;
using System.Text.Unicode;
using Microsoft.Win32.SafeHandles;

namespace Lightnix.Storage;

/// <summary>Reading the file system, the same on every system: what is there, which names, which bytes. Changes nothing.</summary>
static class Files
{
    const int BufferSize = 128 * 1024;

    /// <summary>What is at a path; null where nothing is.</summary>
    /// <exception cref="IOException">It cannot be looked at: no permission, a path that is too long, a loop of links.</exception>
    public static FileFacts? Facts(string path, bool follow = false)
    {
        if (!Native.IsLinux)
            return PortableFacts(path, follow);
        var (facts, error) = Native.Facts(path, follow);
        // A path through a file leads to nothing, too.
        return facts is not null || error is Native.NotFound or Native.NotFolder ? facts : throw Native.Problem(path, error);
    }

    /// <summary>False where this process is known not to be allowed to make names in a folder.</summary>
    public static bool MayWrite(string folder) => !Native.IsLinux || Native.MayWrite(folder);

    static FileFacts? PortableFacts(string path, bool follow)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (follow && info.LinkTarget is not null)
            info = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
        if (!info.Exists && info.LinkTarget is null)
            return null;
        var kind = info.LinkTarget is not null && !follow ? FileKind.Link : info is DirectoryInfo ? FileKind.Folder : FileKind.File;
        var mode = OperatingSystem.IsWindows()
            ? (info.Attributes.HasFlag(FileAttributes.ReadOnly) ? 0x124 : 0x1A4)
            : (int)info.UnixFileMode;
        var size = info is FileInfo { Exists: true } file ? file.Length : 0;
        return new(kind, mode, size, Links: 1, (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100, null);
    }

    /// <summary>Opens a file's bytes; null where there is none, or something else than a file.</summary>
    public static SafeFileHandle? OpenForReading(string path, bool follow = false)
    {
        if (!Native.IsLinux)
            return File.Exists(path) ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;
        var (file, error) = Native.OpenForReading(path, follow);
        if (file is null)
            return error is Native.NotFound or Native.NotFolder ? null : throw Native.Problem(path, error);
        return OnlyFile(file);
    }

    /// <summary>What was opened, if it is a file; else null, and it is closed.</summary>
    public static SafeFileHandle? OnlyFile(SafeFileHandle opened)
    {
        if (Native.Facts(opened).Kind == FileKind.File)
            return opened;
        opened.Dispose();
        return null;
    }

    /// <summary>All bytes of a file; null where there is none.</summary>
    public static byte[]? TryRead(string path)
    {
        using var file = OpenForReading(path, follow: true);
        if (file is null)
            return null;
        var length = RandomAccess.GetLength(file);
        if (length > Array.MaxLength)
            throw new IOException(FormattableString.Invariant($"'{path}' has {length} bytes, more than can be read at once"));
        var bytes = new byte[length];
        var read = 0;
        for (int count; read < bytes.Length && (count = RandomAccess.Read(file, bytes.AsSpan(read), read)) > 0;)
            read += count;
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>The digest of an open file's bytes, and how many they are.</summary>
    public static (Digest Digest, long Size) Digest(SafeFileHandle file, CancellationToken cancellationToken = default) =>
        Digest(file, null, cancellationToken);

    /// <param name="progress">Given the number of bytes since the last call, holes included.</param>
    /// <inheritdoc cref="Digest(SafeFileHandle,CancellationToken)"/>
    public static (Digest Digest, long Size) Digest(
        SafeFileHandle file, Action<long>? progress, CancellationToken cancellationToken = default) =>
        Read(file, static (_, _) => { }, progress, cancellationToken);

    /// <summary>The digest of a file's bytes; null where there is none, or it cannot be read.</summary>
    public static Digest? DigestOf(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            using var file = OpenForReading(path);
            return file is null ? null : Digest(file, cancellationToken).Digest;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads a file once, from its beginning to its end, and hashes what was read. Holes are hashed without being read.</summary>
    /// <param name="each">Given the bytes that are not in a hole, and where they are.</param>
    public static (Digest Digest, long Size) Read(
        SafeFileHandle file, Action<ReadOnlyMemory<byte>, long> each, Action<long>? progress, CancellationToken cancellationToken)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var at = 0L;
            for (var looked = -1L; ; cancellationToken.ThrowIfCancellationRequested())
            {
                // Asked once for each stretch of data; where there are no holes, once a file.
                if (at > looked && Native.IsLinux && Native.NextData(file, at) is var (data, hole))
                {
                    for (; at < data; cancellationToken.ThrowIfCancellationRequested())
                    {
                        var zeros = (int)Math.Min(Zeros.Length, data - at);
                        sha.AppendData(Zeros, 0, zeros);
                        at += zeros;
                        progress?.Invoke(zeros);
                    }
                    looked = hole - 1;
                }
                var count = RandomAccess.Read(file, buffer, at);
                if (count <= 0)
                    return (Hashing.Digest.FromBytes(sha.GetHashAndReset()), at);
                sha.AppendData(buffer, 0, count);
                each(buffer.AsMemory(0, count), at);
                at += count;
                progress?.Invoke(count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static readonly byte[] Zeros = new byte[1 << 20];

    /// <summary>The names in a folder, unordered; null: there is none. A name that is not UTF-8 is null with its bytes.</summary>
    public static List<(string? Name, byte[] Bytes)>? AllNames(string folder)
    {
        if (!Native.IsLinux)
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p))
                    .Select(n => (n, Encoding.UTF8.GetBytes(n)))]
                : null;
        }
        var (names, error) = Native.Names(folder);
        return names is null
            ? error is Native.NotFound or Native.NotFolder ? null : throw new IOException($"'{folder}': {Native.Describe(error)}")
            : names.ConvertAll(n => (Utf8.IsValid(n) ? Encoding.UTF8.GetString(n) : null, n));
    }

    /// <summary>The names in a folder of Lightnix's own; none where there is no such folder.</summary>
    public static IEnumerable<string> Names(string folder) => (AllNames(folder) ?? []).Select(n => n.Name).OfType<string>();

    /// <summary>The target of a symbolic link; null where it is not UTF-8.</summary>
    public static string? LinkTarget(string path)
    {
        if (!Native.IsLinux)
            return new FileInfo(path).LinkTarget;
        var target = Native.LinkTarget(path);
        return Utf8.IsValid(target) ? Encoding.UTF8.GetString(target) : null;
    }

    /// <summary>The target of the link at a path; null where there is no link.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static string? LinkAt(string path) => Facts(path)?.Kind == FileKind.Link ? LinkTarget(path) : null;

    /// <summary>Replaces a file outside of stores in one step: a reader sees the former file or this one. Makes its folder. A symbolic link
    /// stays, and the file that it leads to is replaced; permissions stay as they were.</summary>
    public static void Replace(string file, byte[] bytes)
    {
        file = new RealPaths(LinkAt).Of(file);
        var folder = Path.GetDirectoryName(file)!;
        Directory.CreateDirectory(folder);
        Replace(file, Path.Combine(folder, $".{Path.GetFileName(file)}.{Path.GetRandomFileName()}"), t => File.WriteAllBytes(t, bytes));
    }

    /// <summary>The same by a file beside it, which is written first and gone afterwards.</summary>
    public static void Replace(string file, string temporary, Action<string> write)
    {
        try
        {
            write(temporary);
            if (!OperatingSystem.IsWindows() && File.Exists(file))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(file));
            var disk = new Disk();
            disk.Sync([temporary], []);
            disk.Replace(temporary, file);
        }
        catch (Exception)
        {
            File.Delete(temporary);
            throw;
        }
    }
}
