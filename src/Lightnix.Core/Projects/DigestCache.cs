using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Lightnix.Hashing;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>
/// Digests of files of the working tree, remembered between builds under everything that the kernel changes when a file changes: size, both times, inode and device.
/// A file touched shortly before it was read is not remembered: it could be written again within the same tick of the file system's clock (git's "racy" files).
/// </summary>
sealed class DigestCache
{
    // Also coarser than the times of FAT and of network file systems whose clock differs a little from ours.
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    const string Header = "lightnix-digests/1 ";

    readonly string _file;
    readonly TimeProvider _clock;
    readonly Dictionary<string, (Digest Digest, FileFacts Facts)> _known;
    readonly ConcurrentDictionary<string, (Digest Digest, FileFacts Facts)> _used = new(StringComparer.Ordinal);
    bool _changed;

    public DigestCache(string file, TimeProvider clock)
    {
        (_file, _clock) = (file, clock);
        _known = Read(file);
    }

    /// <summary>The digest of what is at a path, if it is known to be unchanged.</summary>
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
        _used[path] = (digest, facts);
        _changed = true;
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Writes what this build used, when there is something new. A cache that cannot be written is no cache; that is all.</summary>
    public void Save()
    {
        if (!_changed)
            return;
        var lines = new StringBuilder();
        foreach (var (path, (digest, facts)) in _used.OrderBy(u => u.Key, StringComparer.Ordinal))
        {
            // A path with a line's end in it is hashed each time.
            if (!path.Contains('\n', StringComparison.Ordinal))
                lines.Append(CultureInfo.InvariantCulture, $"{digest} {facts.Mode} {facts.Size} {facts.Links} {facts.Modified} {facts.Inode!.Number} {facts.Inode.Device} {facts.Inode.Changed} {path}\n");
        }
        var body = Encoding.UTF8.GetBytes(lines.ToString());
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            var temporary = $"{_file}.{Path.GetRandomFileName()}";
            File.WriteAllBytes(temporary, [.. Encoding.UTF8.GetBytes($"{Header}{Digest.Of(body)}\n"), .. body]);
            File.Move(temporary, _file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    static Dictionary<string, (Digest, FileFacts)> Read(string file)
    {
        var known = new Dictionary<string, (Digest, FileFacts)>(StringComparer.Ordinal);
        try
        {
            if (Files.TryRead(file) is not { } bytes || bytes.AsSpan().IndexOf((byte)'\n') is not (> 0 and var end))
                return known;
            if (Encoding.UTF8.GetString(bytes, 0, end) != Header + Digest.Of(bytes.AsSpan(end + 1)))
                return known;
            foreach (var line in Encoding.UTF8.GetString(bytes, end + 1, bytes.Length - end - 1).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var words = line.Split(' ', 9);
                long Number(int i) => long.Parse(words[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                ulong Unsigned(int i) => ulong.Parse(words[i], NumberStyles.None, CultureInfo.InvariantCulture);
                known[words[8]] = (Digest.Parse(words[0]), new(FileKind.File, (int)Number(1), Number(2), Number(3), Number(4), new(Unsigned(5), Unsigned(6), Number(7))));
            }
        }
        catch (Exception e) when (e is IOException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            known.Clear();
        }
        return known;
    }
}
