using System.Formats.Tar;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Lightnix.Storage;

/// <summary>Writes a closure as an archive (docs/archive.md). One closure gives the same bytes each time.</summary>
/// <param name="tool">The commands that messages advise.</param>
/// <param name="progress">Receives the bytes that were read, and all that there are.</param>
public sealed class ArchiveWriting(ToolCommands tool, Action<long, long>? progress = null)
{
    const int Level = 3;

    /// <summary>The header of the oldest format has room for no more.</summary>
    const long LargestPlain = (1L << 33) - 1;

    const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <param name="to">Stays open.</param>
    /// <exception cref="StoreException">LNX3001: a file of the store is not what its name says.</exception>
    public void Write(Closure closure, Stream to, CancellationToken cancellationToken = default)
    {
        using var packed = new CompressionStream(to, Level, leaveOpen: true);
        packed.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        using var tar = new TarWriter(packed, TarEntryFormat.Ustar, leaveOpen: true);
        using (var manifest = new MemoryStream(closure.Manifest.ToBytes()))
            tar.WriteEntry(Entry(ArchiveManifest.Name, manifest));
        var (all, done) = (closure.Size, 0L);
        foreach (var (name, file) in closure.Records)
            Write(tar, name, file, null);
        foreach (var (name, file) in closure.Contents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Write(tar, name, file, count => progress?.Invoke(done += count, all));
        }
    }

    void Write(TarWriter tar, string name, ArchivedFile file, Action<long>? read)
    {
        using var handle = Files.OpenForReading(file.Path)
            ?? throw StorageErrors.Damaged(file.Path, "is missing, or was collected meanwhile", tool.RepairCure);
        using var stream = new FileStream(handle, FileAccess.Read);
        using var content = new DigestingStream(stream, read);
        tar.WriteEntry(Entry(name, content));
        if (content.Count != file.Size || content.Finish() != file.Digest)
            throw StorageErrors.Damaged(file.Path, "was changed", tool.RepairCure);
    }

    static PosixTarEntry Entry(string name, Stream content)
    {
        var epoch = DateTimeOffset.UnixEpoch;
        PosixTarEntry entry = content.Length > LargestPlain
            ? new GnuTarEntry(TarEntryType.RegularFile, name) { AccessTime = epoch, ChangeTime = epoch }
            : new UstarTarEntry(TarEntryType.RegularFile, name);
        entry.Mode = Mode;
        entry.ModificationTime = epoch;
        entry.DataStream = content;
        return entry;
    }
}
