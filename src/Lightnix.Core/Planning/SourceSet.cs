using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>Sources that lie in one working folder: one file at each path.</summary>
sealed class SourceSet(Findings findings, SourceSet? common = null)
{
    readonly SortedDictionary<RelativePath, (SourceFile Source, DeclaredItem Item)> _byPath = common is null ? [] : new(common._byPath);

    /// <summary>LNX1014 when another file is there already, or one where a folder must be.</summary>
    public void Add(SourceFile source, DeclaredItem item)
    {
        var path = source.Entry.Path;
        if (!_byPath.TryAdd(path, (source, item)) && _byPath[path].Source.File != source.File)
            findings.Add(DeclarationErrors.EqualSourcePaths(item, path, source.File, _byPath[path].Source.File));
    }

    /// <summary>Sorted by path.</summary>
    public ImmutableArray<SourceFile> Files()
    {
        foreach (var (path, (source, item)) in _byPath)
        {
            for (var above = path.Parent; !above.IsRoot; above = above.Parent)
            {
                if (_byPath.TryGetValue(above, out var file))
                    findings.Add(DeclarationErrors.EqualSourcePaths(item, above, source.File, file.Source.File));
            }
        }
        return [.. _byPath.Values.Select(s => s.Source)];
    }
}
