namespace Lightnix.Planning;

/// <summary>What may be read of a stage, of this project or of another.</summary>
sealed class ReadableStages(PromiseTable promises, MatcherReader matchers, ReferencedStages referenced)
{
    /// <summary>True for a promised path, and for one below a promised folder.</summary>
    public bool Covers(StageName stage, RelativePath path) => stage.Project is null
        ? promises.Covers(stage, path)
        : referenced.Find(stage)!.Promises.Any(p => p.Covers(path));

    /// <summary>True for a path that is promised as a folder.</summary>
    public bool IsFolder(StageName stage, RelativePath path) => stage.Project is null
        ? promises.Of(stage).Any(p => p.Path == path && p.Type == PromiseType.Directory)
        : referenced.Find(stage)!.Promises.Any(p => p.Path == path && p.Type == PromiseType.Directory);

    public IEnumerable<RelativePath> PromisesOf(StageName stage) => stage.Project is null
        ? promises.Of(stage).Select(p => p.Path)
        : referenced.Find(stage)!.Promises.Select(p => p.Path);

    /// <summary>True when its matcher may choose several.</summary>
    public bool IsPlural(StageName stage) =>
        stage.Project is null ? matchers.Of(stage).Matcher.IsPlural : referenced.Find(stage)!.Matcher.IsPlural;
}
