namespace Lightnix.Model;

/// <summary>Follows symbolic links among a known set of them, as the system would, without a disk.</summary>
static class LinkFollower
{
    /// <summary>As Linux: more links than this on one way are a circle.</summary>
    public const int MostLinks = 40;

    /// <param name="target">The target of the link at a path; null where there is no link.</param>
    /// <returns>Where a path ends, and whether it leaves the root on the way, be it only to come back. What it names need not
    /// exist.</returns>
    public static LinkEnd Follow(RelativePath path, Func<RelativePath, string?> target)
    {
        var at = new List<string>();
        var ahead = new Stack<string>(Segments(path.ToString()));
        for (var links = 0; ahead.TryPop(out var segment);)
        {
            if (segment == "..")
            {
                if (at.Count == 0)
                    return LinkEnd.Outside;
                at.RemoveAt(at.Count - 1);
                continue;
            }
            at.Add(segment);
            if (target(RelativePath.OfSegments(at)) is not { } next)
                continue;
            if (next.StartsWith('/'))
                return LinkEnd.Outside;
            if (++links > MostLinks)
                return LinkEnd.Nowhere;
            at.RemoveAt(at.Count - 1);
            foreach (var each in Segments(next))
                ahead.Push(each);
        }
        return new(RelativePath.OfSegments(at), Escapes: false);
    }

    // The last one first.
    static IEnumerable<string> Segments(string path) => path.Split('/').Where(s => s is not ("" or ".")).Reverse();
}
