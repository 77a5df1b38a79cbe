using Lightnix.Contracts;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Promises;

/// <summary>A result in memory.</summary>
sealed class Result : IResultFiles
{
    readonly ImmutableArray<TreeEntry> _entries;
    readonly ImmutableSortedDictionary<string, Func<Stream>> _contents;

    Result(ImmutableArray<TreeEntry> entries, ImmutableSortedDictionary<string, Func<Stream>> contents) =>
        (_entries, _contents) = (entries, contents);

    public static Result Empty { get; } = new([], ImmutableSortedDictionary.Create<string, Func<Stream>>(StringComparer.Ordinal));

    public static Result Of(string path, string text) => Empty.With(path, text);

    public static Result Of(string path, byte[] bytes) => Empty.With(path, bytes);

    /// <summary>Files that were opened, in order.</summary>
    public List<string> Opened { get; } = [];

    public Tree Tree => Tree.Of(_entries);

    public Stream Open(TreeEntry.File file)
    {
        Opened.Add(file.Path.ToString());
        return _contents[file.Path.ToString()]();
    }

    public Result With(string path, string text) => With(path, Encoding.UTF8.GetBytes(text));

    public Result With(string path, byte[] bytes) =>
        With(path, bytes.Length, () => new MemoryStream(bytes, writable: false), Digest.Of(bytes));

    public Result With(string path, long size, Func<Stream> open, Digest? digest = null) =>
        new(_entries.Add(new TreeEntry.File(RelativePath.Parse(path), digest ?? Digest.Of(Encoding.UTF8.GetBytes(path)), size, false)),
            _contents.Add(path, open));

    public Result WithLink(string path, string target) =>
        new(_entries.Add(new TreeEntry.Link(RelativePath.Parse(path), target)), _contents);

    public Result WithFolder(string path) => new(_entries.Add(new TreeEntry.EmptyFolder(RelativePath.Parse(path))), _contents);

    /// <summary>Why the promise is broken.</summary>
    public string[] Breaks(Promise promise) => [.. PromiseCheck.Check([promise], this).Single().Broken];

    public static Promise Promised(string path, PromiseType type = PromiseType.Any) =>
        new() { Path = RelativePath.Parse(path), Item = new(ItemKind.Promise, path, DeclaredItem.NoMetadata, 0), Type = type };
}
