using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>The files at and below a path of a tree, as a program that follows links sees them.</summary>
static class FollowedFiles
{
    // Links between folders can make more paths than any disk has files.
    const int MostPaths = 1_000_000;

    /// <summary>Each file with the path that leads to it. A link to a folder counts as that folder; a link to a folder that it is in itself
    /// is left out. Empty folders are left out too, because MSBuild copies files.</summary>
    /// <exception cref="StoreException">LNX2007: links between folders make too many paths.</exception>
    public static List<(RelativePath Path, TreeEntry.File Real)> Of(Tree tree, RelativePath path)
    {
        var found = new List<(RelativePath, TreeEntry.File)>();
        var seen = 0;
        Add(path, []);
        return found;

        StoreException TooMany() =>
            StorageErrors.Refused($"the promised path '{path}'",
                [$"links between its folders make more than {MostPaths} paths of files; make fewer links"]);

        void Add(RelativePath at, List<RelativePath> above)
        {
            if (++seen > MostPaths)
                throw TooMany();
            if (tree.Follow(at) is not { } real)
                return;
            if (tree.Find(real) is TreeEntry.File file)
            {
                found.Add((at, file));
                return;
            }
            if (above.Any(real.Contains))
                return;
            foreach (var entry in tree.Below(real))
            {
                if (above.Count > 0 && ++seen > MostPaths)
                    throw TooMany();
                if (entry is TreeEntry.File direct)
                    found.Add((at.Append(real.RestOf(entry.Path)), direct));
                else if (entry is TreeEntry.Link)
                    Add(at.Append(real.RestOf(entry.Path)), [.. above, entry.Path.Parent]);
            }
        }
    }
}
