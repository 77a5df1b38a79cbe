using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>Where the symbolic links of a tree lead.</summary>
static class TreeLinks
{
    // What Linux follows at most: whatever comes later is never reached.
    const int Most = 40;

    /// <summary>True when whoever follows a relative link, through other links too, never leaves the tree, not even to come back. What it names need not exist.</summary>
    /// <param name="links">All links of the tree, with their targets.</param>
    public static bool StayInside(RelativePath link, string target, IReadOnlyDictionary<RelativePath, string> links)
    {
        var at = new List<string>(Segments(link.Parent.ToString()));
        var pending = new Stack<string>(Segments(target).Reverse());
        for (var followed = 1; pending.Count > 0;)
        {
            var segment = pending.Pop();
            if (segment == "..")
            {
                if (at.Count == 0)
                    return false;
                at.RemoveAt(at.Count - 1);
                continue;
            }
            at.Add(segment);
            if (!links.TryGetValue(RelativePath.OfSegments(at), out var next))
                continue;
            if (next.StartsWith('/'))
                return false;
            if (++followed > Most)
                return true;
            at.RemoveAt(at.Count - 1);
            foreach (var each in Segments(next).Reverse())
                pending.Push(each);
        }
        return true;
    }

    static IEnumerable<string> Segments(string path) => path.Split('/').Where(s => s.Length > 0 && s != ".");
}
