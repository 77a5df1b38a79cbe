using Lightnix.Archives;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Lightnix.Storage;

/// <summary>Reads an archive to its end, and verifies all of it. Files that the store does not have are unpacked beside it; nothing gets a
/// name in the store.</summary>
/// <param name="progress">Receives the bytes that were read, and all that there are.</param>
sealed class ArchiveReading(StoreLayout layout, WriteSession session, Action<long, long>? progress)
{
    /// <summary>Listings of a million files are smaller.</summary>
    const long LargestRecord = 1L << 28;

    readonly ArchiveRecords _records = new();
    readonly Dictionary<Digest, string?> _contents = [];
    long _done;

    /// <exception cref="StoreException">LNX3007: it is damaged, not whole, or no archive of Lightnix.</exception>
    public VerifiedArchive Read(Stream archive, string name, CancellationToken cancellationToken)
    {
        try
        {
            using var stoppable = new StoppableStream(archive, cancellationToken);
            using var plain = new DecompressionStream(stoppable, leaveOpen: true);
            // As `zstd --long=31` needs, for archives that were packed again.
            plain.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, 31);
            using var tar = new TarMembers(plain);
            var manifest = ReadManifest(tar);
            ReadMembers(tar, manifest);
            new ArchiveCheck(manifest, _records, _contents).Run();
            if (_done != manifest.Size)
            {
                throw new InvalidDataException(
                    FormattableString.Invariant($"it has {_done} bytes of files, and should have {manifest.Size}"));
            }
            return new(manifest, _records, _contents);
        }
        catch (Exception e) when (e is ZstdException or InvalidDataException or EndOfStreamException or FormatException
            or NotSupportedException or NameException or OverflowException or ArgumentException)
        {
            var why = e is ZstdException or EndOfStreamException ? $"it is cut short, or no tar.zst ({e.Message})" : e.Message;
            throw StorageErrors.BadArchive(name, why);
        }
    }

    static ArchiveManifest ReadManifest(TarMembers tar) => tar.Next() is TarMember.File { Name: ArchiveManifest.Name } file
        ? RecordBytes.Parse<ArchiveManifest>(ReadAll(file))
        : throw new InvalidDataException($"its first file is not '{ArchiveManifest.Name}'");

    void ReadMembers(TarMembers tar, ArchiveManifest manifest)
    {
        (bool, string) last = (false, "");
        while (tar.Next() is { } member)
        {
            if (member is not TarMember.File file || ArchivedName.TryParse(member.Name) is not { } name)
                throw new InvalidDataException($"it holds '{Visible.Short(member.Name)}', which does not belong to an archive");
            // One order only, so nothing comes twice, and each content is known before it is read.
            if (last.Item1 && !name.IsContent || (last.Item1 == name.IsContent && string.CompareOrdinal(last.Item2, member.Name) >= 0))
                throw new InvalidDataException($"'{member.Name}' is not in its place");
            // Noted before it is looked for, so that no collection comes between.
            if (name.IsContent && !last.Item1)
                session.Keep(_records.Contents.Keys);
            last = (name.IsContent, member.Name);
            if (name.IsContent)
                ReadContent(file, name.Digest, manifest.Size);
            else if (name.Kind == ArchivedName.Log)
                ReadLog(file, name);
            else
                ReadRecord(file, name);
        }
    }

    void ReadRecord(TarMember.File file, ArchivedName name)
    {
        var bytes = ReadAll(file);
        CheckDigest(Digest.Of(bytes), name);
        try
        {
            _records.Add(name, bytes);
        }
        catch (FormatException e)
        {
            throw new FormatException($"'{name}' cannot be used: {e.Message}");
        }
    }

    // It may be as large as memory: it is unpacked, as a content is.
    void ReadLog(TarMember.File file, ArchivedName name)
    {
        var unpacked = session.NewFile();
        using (var content = new DigestingStream(file.Content))
        {
            Unpack(content, unpacked, LargestRecord, file.Name);
            CheckDigest(content.Finish(), name);
        }
        _records.Logs.Add(name.Digest, unpacked);
    }

    static byte[] ReadAll(TarMember.File file)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = file.Content.Read(buffer)) > 0; bytes.Write(buffer, 0, count))
        {
            if (bytes.Length > LargestRecord)
                throw new InvalidDataException($"'{Visible.Short(file.Name)}' is too long for a record");
        }
        return bytes.ToArray();
    }

    void ReadContent(TarMember.File file, Digest digest, long all)
    {
        if (!_records.Contents.TryGetValue(digest, out var size))
            throw new InvalidDataException($"it holds '{file.Name}', which nothing in it names");
        var limit = size ?? SourceStore.MostBytes;
        var unpacked = Has(digest, size) ? null : session.NewFile();
        using (var content = new DigestingStream(file.Content, Report))
        {
            Unpack(content, unpacked, limit, file.Name);
            if (size is not null && content.Count != size)
                throw new InvalidDataException($"'{file.Name}' has another size than its listing says");
            CheckDigest(content.Finish(), new(ArchivedName.Content, digest));
        }
        _contents.Add(digest, unpacked);

        void Report(long count)
        {
            _done += count;
            progress?.Invoke(_done, all);
        }
    }

    // Zeros stay a hole.
    static void Unpack(DigestingStream content, string? unpacked, long limit, string name)
    {
        using var file = unpacked is null ? null : new FileStream(unpacked, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[128 * 1024];
        for (int count; (count = content.Read(buffer)) > 0;)
        {
            if (content.Count > limit)
                throw new InvalidDataException($"'{name}' is larger than it may be");
            if (file is null || !buffer.AsSpan(0, count).ContainsAnyExcept((byte)0))
                continue;
            file.Position = content.Count - count;
            file.Write(buffer, 0, count);
        }
        file?.SetLength(content.Count);
    }

    bool Has(Digest digest, long? size)
    {
        return IsSound(executable: false) || IsSound(executable: true);

        bool IsSound(bool executable)
        {
            var facts = Files.Facts(layout.ContentOf(digest, executable));
            return StoredContent.LooksSound(facts, digest, size ?? facts?.Size ?? 0, executable);
        }
    }

    static void CheckDigest(Digest found, ArchivedName name)
    {
        if (found != name.Digest)
            throw new InvalidDataException($"'{name}' has the SHA-256 {found}");
    }
}
