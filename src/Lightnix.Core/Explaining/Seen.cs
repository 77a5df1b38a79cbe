namespace Lightnix.Explaining;

/// <summary>What a builder saw or would see, with what its hashes stand for.</summary>
/// <param name="Resolved">What is hashed.</param>
/// <param name="Versions">Version texts by tool; empty where they are not known.</param>
/// <param name="Listing">The listing of a folder among the inputs, by its hash and its path below <c>in/</c>; null: not known.</param>
public sealed record Seen(
    Resolved Resolved, ImmutableSortedDictionary<string, string> Versions, Func<Digest, RelativePath, Tree?> Listing)
{
    /// <summary>Finds listings by their hash. Of a folder in a result, none is stored: it is a part of the result's.</summary>
    /// <param name="resultsOf">The results of an input, by its place below <c>in/</c>.</param>
    public static Func<Digest, RelativePath, Tree?> ListingBy(
        Func<Reference<Tree>, Tree?> find, Func<string, IEnumerable<Reference<Tree>>> resultsOf) =>
        (hash, path) => find(new(hash)) ?? FolderIn(resultsOf(path.First).Select(find).OfType<Tree>(), hash, path);

    // The folder at a path below in/ in one of these results of its input; null where none has that content.
    static Tree? FolderIn(IEnumerable<Tree> results, Digest hash, RelativePath path)
    {
        var parts = path.ToString().Split('/');
        var rests = Enumerable.Range(1, parts.Length).Select(i => RelativePath.OfSegments(parts[i..])).ToImmutableArray();
        return results.SelectMany(r => rests.Where(r.IsFolder).Select(r.Subtree)).FirstOrDefault(t => t.Reference.Digest == hash);
    }

    /// <summary>The text that a tool printed as its version; null where it is not known.</summary>
    internal string? VersionOf(string tool) => Versions.GetValueOrDefault(tool) is { } text
        && Resolved.Tools.GetValueOrDefault(tool) == Digest.Of(Encoding.UTF8.GetBytes(text)).ToString() ? text : null;

    /// <summary>The listing of an input; null where it is a file, or not known.</summary>
    internal Tree? FolderAt(string path) =>
        Resolved.Inputs.FirstOrDefault(i => i.Path.ToString() == path) is { Kind: ContentKind.Directory } entry
            ? Listing(entry.Hash, entry.Path) : null;
}
