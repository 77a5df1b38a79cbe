using Lightnix.Model;

namespace Lightnix.Building;

/// <summary>Follows symbolic links within a known set, as the system would.</summary>
sealed class ArchiveLinks(IReadOnlyDictionary<RelativePath, string> links)
{
    /// <summary>Linux follows no more links, so a longer way is a circle.</summary>
    const int Most = 40;

    /// <summary>Whether the way of a link leaves the root at any step. False for circles and missing ends.</summary>
    public bool Escapes(RelativePath link)
    {
        var here = new List<string>();
        var ahead = new Stack<string>(link.ToString().Split('/').Reverse());
        for (var passed = 0; ahead.Count > 0;)
        {
            var step = ahead.Pop();
            if (step is "" or ".")
                continue;
            if (step == "..")
            {
                if (here.Count == 0)
                    return true;
                here.RemoveAt(here.Count - 1);
                continue;
            }
            here.Add(step);
            if (!links.TryGetValue(RelativePath.OfSegments(here), out var target))
                continue;
            if (target.StartsWith('/') || target.StartsWith('\\')
                || (SystemTraits.HasDrives && target.AsSpan().ContainsAny(':', '\\')))
                return true;
            if (++passed > Most)
                return false;
            here.RemoveAt(here.Count - 1);
            foreach (var next in target.Split('/').Reverse())
                ahead.Push(next);
        }
        return false;
    }
}
