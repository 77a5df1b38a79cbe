using System.Collections.Concurrent;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Digests of files of the working tree, remembered between builds with everything that the kernel changes when a file changes:
/// size, both times, inode and device. A file that was touched shortly before it was read is not remembered: it could be written again
/// within the same tick of the file system's clock (git's "racy" files).</summary>
sealed class DigestCache(string file)
{
    // Coarser than the times of FAT, and than network file systems whose clock differs a little.
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    const string Header = "lightnix-digests/1 ";
    readonly Dictionary<string, Known> _known = Read(file);
    readonly ConcurrentDictionary<string, Known> _used = new(StringComparer.Ordinal);
    bool _changed;

    /// <summary>The digest of the file at a path, if the file is known to be unchanged.</summary>
    public Digest? Find(string path, FileFacts facts)
    {
        if (facts.Inode is null || !_known.TryGetValue(path, out var known) || known.Facts != facts)
            return null;
        _used[path] = known;
        return known.Digest;
    }

    /// <summary>Remembers a digest, if the file had come to rest before it was read.</summary>
    /// <param name="facts">From before the reading.</param>
    public void Add(string path, FileFacts facts, Digest digest, DateTimeOffset readFrom)
    {
        if (facts.Inode is not { } inode)
            return;
        var latest = DateTimeOffset.UnixEpoch.AddTicks(Math.Max(facts.Modified, inode.Changed) / 100);
        if (latest + Settled > readFrom)
            return;
        _used[path] = new(digest, facts);
        _changed = true;
    }

    /// <summary>Writes what this build used, when there is something new. A cache that cannot be written is left out.</summary>
    public void Save()
    {
        if (!_changed)
            return;
        var body = Encoding.UTF8.GetBytes(string.Concat(_used.OrderBy(u => u.Key, StringComparer.Ordinal)
            .Where(u => !u.Key.Contains('\n', StringComparison.Ordinal)).Select(u => Line(u.Key, u.Value.Digest, u.Value.Facts))));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var temporary = $"{file}.{Path.GetRandomFileName()}";
            File.WriteAllBytes(temporary, [.. Encoding.UTF8.GetBytes($"{Header}{Digest.Of(body)}\n"), .. body]);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    static string Line(string path, Digest digest, FileFacts facts)
    {
        var inode = facts.Inode!;
        return string.Create(CultureInfo.InvariantCulture,
            $"{digest} {facts.Mode} {facts.Size} {facts.Links} {facts.Modified} {inode.Number} {inode.Device} {inode.Changed} {path}\n");
    }

    static Dictionary<string, Known> Read(string file)
    {
        var known = new Dictionary<string, Known>(StringComparer.Ordinal);
        try
        {
            var bytes = Files.TryRead(file) ?? [];
            var end = bytes.AsSpan().IndexOf((byte)'\n');
            if (end <= 0 || Encoding.UTF8.GetString(bytes, 0, end) != Header + Digest.Of(bytes.AsSpan(end + 1)))
                return known;
            var body = Encoding.UTF8.GetString(bytes, end + 1, bytes.Length - end - 1);
            foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var words = line.Split(' ', 9);
                known[words[8]] = new(Digest.Parse(words[0]), ParseFacts(words));
            }
        }
        catch (Exception e) when (e is IOException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            known.Clear();
        }
        return known;
    }

    static FileFacts ParseFacts(string[] words)
    {
        long Number(int i) => long.Parse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        ulong Unsigned(int i) => ulong.Parse(words[i], NumberStyles.None, CultureInfo.InvariantCulture);
        var inode = new InodeFacts(Unsigned(5), Unsigned(6), Number(7));
        return new(FileKind.File, (int)Number(1), Number(2), Number(3), Number(4), inode);
    }

    sealed record Known(Digest Digest, FileFacts Facts);
}
