namespace Lightnix.Model;

/// <summary>A directory's content, addressed by its content. Its identity covers names, bytes, executable bits, symbolic links and empty
/// folders. The listing is text: the line <c>lightnix/tree/1</c>, then a line for each entry, sorted by the bytes of its path: <c>f|x
/// &lt;sha256&gt; &lt;size&gt; &lt;path&gt;</c>, <c>l &lt;target&gt; &lt;path&gt;</c>, <c>d &lt;path&gt;</c> for an empty folder. Space,
/// control characters and <c>%</c> are percent-escaped in paths and targets, byte by byte of their UTF-8.</summary>
public sealed class Tree
{
    public const string Format = "lightnix/tree/1";
    readonly byte[] _bytes;

    Tree(ImmutableArray<TreeEntry> entries)
    {
        Entries = entries;
        _bytes = Encoding.UTF8.GetBytes(string.Concat(entries.Select(e => e.ToLine() + "\n").Prepend(Format + "\n")));
        Reference = new(Digest.Of(_bytes));
    }

    /// <summary>A tree of entries in any order.</summary>
    /// <exception cref="ArgumentException">Two entries have one path, or one lies below a file, a link or an empty folder.</exception>
    public static Tree Of(IEnumerable<TreeEntry> entries)
    {
        var sorted = entries.OrderBy(e => e.Path).ToImmutableArray();
        var leaves = new HashSet<RelativePath>();
        foreach (var entry in sorted)
        {
            if (entry.Path.IsRoot || !leaves.Add(entry.Path))
                throw new ArgumentException($"'{entry.Path}' stands twice in the tree", nameof(entries));
        }
        foreach (var entry in sorted)
        {
            for (var above = entry.Path.Parent; !above.IsRoot; above = above.Parent)
            {
                if (leaves.Contains(above))
                    throw new ArgumentException($"'{entry.Path}' lies below '{above}', which is not a folder that holds something",
                        nameof(entries));
            }
        }
        return new(sorted);
    }

    /// <exception cref="FormatException">The bytes are not a tree's listing, to the letter.</exception>
    public static Tree Parse(ReadOnlySpan<byte> listing)
    {
        var text = Encoding.UTF8.GetString(listing);
        var lines = text.Split('\n');
        if (lines[0] != Format || lines[^1].Length > 0)
            throw new FormatException($"a tree's listing begins with '{Format}' and ends with a line's end");
        Tree tree;
        try
        {
            tree = Of(lines[1..^1].Select(TreeEntry.ParseLine));
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new FormatException(e.Message, e);
        }
        if (!tree._bytes.AsSpan().SequenceEqual(listing))
            throw new FormatException("the listing is not in its canonical form");
        return tree.HoldsAtMost(MostBytes) ? tree : throw new FormatException("its files have more bytes than any disk holds");
    }

    bool HoldsAtMost(long left)
    {
        foreach (var entry in Entries)
        {
            if (entry is not TreeEntry.File { Size: var size })
                continue;
            if (size > left)
                return false;
            left -= size;
        }
        return true;
    }

    // Sums of sizes of several trees still fit into the type.
    const long MostBytes = 1L << 60;

    public Reference<Tree> Reference { get; }

    /// <summary>Sorted by path.</summary>
    public ImmutableArray<TreeEntry> Entries { get; }

    /// <summary>The listing, whose SHA-256 is the reference.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Sum of the sizes of its files, in bytes.</summary>
    public long Size => Entries.OfType<TreeEntry.File>().Sum(f => f.Size);

    /// <summary>The file, link or empty folder at a path, or null.</summary>
    public TreeEntry? Find(RelativePath path)
    {
        var i = Entries.BinarySearch(new TreeEntry.EmptyFolder(path), Comparer<TreeEntry>.Create((a, b) => a.Path.CompareTo(b.Path)));
        return i < 0 ? null : Entries[i];
    }

    /// <summary>True when the path is a folder of the tree, empty or not.</summary>
    public bool IsFolder(RelativePath path) => path.IsRoot || Find(path) is TreeEntry.EmptyFolder || Below(path).Any();

    /// <summary>The entries strictly below a folder.</summary>
    public IEnumerable<TreeEntry> Below(RelativePath folder) => Entries.Where(e => e.Path != folder && folder.Contains(e.Path));

    /// <summary>The content of a folder as a tree of its own.</summary>
    public Tree Subtree(RelativePath folder) => folder.IsRoot ? this : new([.. Below(folder).Select(e => e.At(folder.RestOf(e.Path)))]);

    /// <summary>Follows symbolic links, also in the middle of the path, to a file or folder of the tree; null where it leads
    /// nowhere.</summary>
    public RelativePath? Follow(RelativePath path)
    {
        var end = LinkFollower.Follow(path, at => (Find(at) as TreeEntry.Link)?.Target).Path;
        return end is not null && (Find(end) is not null || IsFolder(end)) ? end : null;
    }
}

/// <summary>One line of a tree's listing.</summary>
public abstract record TreeEntry(RelativePath Path)
{
    /// <param name="Size">In bytes.</param>
    public sealed record File(RelativePath Path, Digest Content, long Size, bool Executable) : TreeEntry(Path);

    /// <param name="Target">As the link holds it: relative, and inside the tree.</param>
    public sealed record Link(RelativePath Path, string Target) : TreeEntry(Path);

    public sealed record EmptyFolder(RelativePath Path) : TreeEntry(Path);

    /// <summary>The same entry at another path.</summary>
    public TreeEntry At(RelativePath path) => this with { Path = path };

    internal string ToLine() => this switch
    {
        File f => string.Create(CultureInfo.InvariantCulture,
            $"{(f.Executable ? 'x' : 'f')} {f.Content} {f.Size} {Escape(Path.ToString())}"),
        Link l => $"l {Escape(l.Target)} {Escape(Path.ToString())}",
        _ => $"d {Escape(Path.ToString())}",
    };

    internal static TreeEntry ParseLine(string line)
    {
        var words = line.Split(' ');
        var path = RelativePath.ParseExact(Unescape(words[^1]));
        return words switch
        {
            ["f" or "x", var hash, var size, _] =>
                new File(path, Digest.Parse(hash), long.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture), words[0] == "x"),
            ["l", var target, _] => new Link(path, Unescape(target)),
            ["d", _] => new EmptyFolder(path),
            _ => throw new FormatException($"'{line}' is not a line of a tree's listing"),
        };
    }

    static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
            _ = c is ' ' or '%' || char.IsControl(c) ? escaped.AppendJoin("", Encoding.UTF8.GetBytes([c]).Select(b => $"%{b:X2}"))
                : escaped.Append(c);
        return escaped.ToString();
    }

    static string Unescape(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        var plain = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length
                    || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                    throw new FormatException($"'{text}' has a '%' that escapes nothing");
                plain.Add(code);
                i += 2;
                continue;
            }
            var end = text.IndexOf('%', i) is >= 0 and var next ? next : text.Length;
            plain.AddRange(Encoding.UTF8.GetBytes(text[i..end]));
            i = end - 1;
        }
        return Encoding.UTF8.GetString([.. plain]);
    }
}
