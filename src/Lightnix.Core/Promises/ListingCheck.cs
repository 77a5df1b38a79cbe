namespace Lightnix.Promises;

/// <summary>What the tree's listing alone decides: kind, sizes, digest, and how many files match a pattern.</summary>
internal static class ListingCheck
{
    /// <param name="path">Where the promised path leads.</param>
    /// <param name="file">Null: it is a folder.</param>
    public static IEnumerable<string> Problems(Promise promise, RelativePath path, TreeEntry.File? file, Tree tree)
    {
        if (file is null && NeedsFile(promise))
            yield return $"{promise.Path} is a folder, not a file";
        if (file is not null && NeedsFolder(promise))
            yield return $"{promise.Path} is a file ({Quoted.Count(file.Size, "byte")}), not a folder";

        // Links are not followed: what they lead to is in the tree already.
        var size = file?.Size ?? tree.Below(path).OfType<TreeEntry.File>().Sum(f => f.Size);
        var isEmpty = file is null ? tree.Below(path).All(e => e is TreeEntry.EmptyFolder) : size == 0;
        if (promise.NonEmpty && isEmpty)
            yield return $"{promise.Path} is empty";
        if (size < promise.MinSize)
            yield return $"{promise.Path} has {Quoted.Count(size, "byte")}, less than MinSize {promise.MinSize}";
        if (size > promise.MaxSize)
            yield return $"{promise.Path} has {Quoted.Count(size, "byte")}, more than MaxSize {promise.MaxSize}";
        if (file is not null && promise.Sha256 is { } digest && file.Content != digest)
            yield return $"{promise.Path} has the SHA-256 {file.Content}, not {digest}";
        if (file is null && (promise.Pattern is not null || promise.MinCount is not null) && TooFew(promise, path, tree) is { } tooFew)
            yield return tooFew;
    }

    static bool NeedsFile(Promise promise) =>
        promise.Type is not (PromiseType.Any or PromiseType.Directory) || promise.Sha256 is not null || !promise.IsDecidedByListing;

    static bool NeedsFolder(Promise promise) =>
        promise.Type == PromiseType.Directory || promise.Pattern is not null || promise.MinCount is not null;

    static string? TooFew(Promise promise, RelativePath folder, Tree tree)
    {
        var least = promise.MinCount ?? 1;
        var glob = new Glob(promise.Pattern ?? "**");
        var files = tree.Below(folder).Where(e => IsFile(e, tree)).Select(e => folder.RestOf(e.Path)).ToArray();
        var count = files.LongCount(glob.Matches);
        return count >= least ? null
            : $"{promise.Path} holds {Quoted.Count(count, "file")}{(promise.Pattern is null ? "" : $" matching \"{promise.Pattern}\"")}, "
                + $"fewer than {(promise.MinCount is null ? "" : "MinCount ")}{least}"
                + (files.Length > count ? $"; it holds {Quoted.Names(files.Where(f => !glob.Matches(f)).Select(f => f.ToString()), 5)}"
                    : "");
    }

    static bool IsFile(TreeEntry entry, Tree tree) =>
        entry is TreeEntry.File || entry is TreeEntry.Link && tree.Follow(entry.Path) is { } end && tree.Find(end) is TreeEntry.File;
}
