namespace Lightnix.Planning;

/// <summary>Finds promises that would be copied to one place (LNX1014): a build keeps the last silently, and publishing fails.</summary>
sealed class CopyTargets(Findings findings)
{
    readonly SortedDictionary<string, Copy> _output = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, Copy> _publish = new(StringComparer.Ordinal);
    readonly SortedSet<int> _reported = [];

    /// <param name="plural">True when each of the stage's realizations is copied to a folder of its own.</param>
    public void Add(StageName stage, ImmutableArray<Promise> promises, bool plural)
    {
        if (promises.Any(p => IsCopied(p.CopyToOutputDirectory)))
            Add(_output, stage, promises.Where(p => IsCopied(p.CopyToOutputDirectory)), plural);
        if (promises.Any(p => IsCopied(p.CopyToPublishDirectory)))
            Add(_publish, stage, promises.Where(p => IsCopied(p.CopyToPublishDirectory)), plural);
    }

    void Add(SortedDictionary<string, Copy> targets, StageName stage, IEnumerable<Promise> promises, bool plural)
    {
        var own = promises.ToList();
        foreach (var promise in own)
        {
            var target = Target(promise);
            // A matrix of a thousand cells is one mistake.
            if (!targets.TryAdd($"{(plural ? "<n>/" : "")}{target}", new(promise, stage)))
            {
                var (first, firstStage) = targets[$"{(plural ? "<n>/" : "")}{target}"];
                if (first.Item != promise.Item || _reported.Add(promise.Item.Ordinal))
                    findings.Add(DeclarationErrors.EqualTargets(promise.Item, target, stage, first.Item, firstStage));
            }
            // A folder is copied file by file, so another promise below it would be copied twice.
            if (own.Find(f => Holds(f, promise)) is { } folder)
                findings.Add(DeclarationErrors.EqualTargets(promise.Item, target, stage, folder.Item, stage));
        }
    }

    static bool Holds(Promise folder, Promise promise) =>
        folder.Path != promise.Path
        && ReferencedPromise.Of(folder).MayBeFolder
        && folder.Path.Contains(promise.Path)
        && Target(folder).Append(folder.Path.RestOf(promise.Path)) == Target(promise);

    static RelativePath Target(Promise promise) => promise.Link ?? promise.Path;

    /// <summary>The metadatum by which other tools are given the files of a promise; null where they are given none.</summary>
    internal static string? PublishedBy(Promise promise) =>
        new[] { Names.CopyToOutputDirectory, Names.CopyToPublishDirectory, Names.OutputItemType }
            .FirstOrDefault(name => IsCopied(promise.Item.Find(name)));

    internal static bool IsCopied(string? copy) => copy is not (null or "" or "Never");

    sealed record Copy(Promise Promise, StageName Stage);
}
