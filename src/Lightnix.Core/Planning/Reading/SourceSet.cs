namespace Lightnix.Planning;

/// <summary>Sources that lie in one working folder: one file at each path.</summary>
sealed class SourceSet(Findings findings, SourceSet? common = null)
{
    readonly ImmutableSortedDictionary<RelativePath, DeclaredSource>.Builder _byPath = common is null
        ? ImmutableSortedDictionary.CreateBuilder<RelativePath, DeclaredSource>() : common._byPath.ToImmutable().ToBuilder();

    /// <summary>LNX1014 when another file is there already, or one where a folder must be.</summary>
    public void Add(DeclaredSource source)
    {
        var path = source.File.Entry.Path;
        if (!_byPath.TryAdd(path, source) && _byPath[path].File.File != source.File.File)
            findings.Add(DeclarationErrors.EqualSourcePaths(source.Item, path, source.File.File, _byPath[path].File.File));
    }

    /// <summary>Sorted by path.</summary>
    /// <param name="hasCheckpoint">The working folder has a folder <c>checkpoint</c>.</param>
    public ImmutableArray<SourceFile> Files(bool hasCheckpoint = false)
    {
        foreach (var (path, source) in _byPath)
        {
            if (hasCheckpoint && SourceReader.IsInCheckpoint(path))
                findings.Add(CheckpointErrors.Source(source.Item, path));
            for (var above = path.Parent; !above.IsRoot; above = above.Parent)
            {
                if (_byPath.TryGetValue(above, out var other))
                    findings.Add(DeclarationErrors.EqualSourcePaths(source.Item, above, source.File.File, other.File.File));
            }
        }
        return [.. _byPath.Values.Select(s => s.File)];
    }
}

/// <summary>A source and the item that declared it: a <c>&lt;Source&gt;</c>, or the stage whose script it is.</summary>
sealed record DeclaredSource(SourceFile File, DeclaredItem Item);
