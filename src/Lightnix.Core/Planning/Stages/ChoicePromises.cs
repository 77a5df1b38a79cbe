namespace Lightnix.Planning;

/// <summary>Gives each choice the promises that all its named stages share.</summary>
sealed class ChoicePromises(StageIndex index, ReferenceReader references, ReferencedStages referenced, PromiseTable promises)
{
    readonly SortedDictionary<int, StageLinks> _links = [];

    /// <summary>Choices whose promises are being found: one that is met again is on a cycle, which is reported elsewhere.</summary>
    readonly SortedSet<int> _open = [];

    /// <summary>Of every choice, a choice of a choice after that.</summary>
    public void Inherit()
    {
        foreach (var draft in index.Drafts.Where(d => d.IsChoice))
            Inherit(draft);
    }

    /// <summary>The references of a stage: those of a choice were looked up before.</summary>
    public StageLinks LinksOf(StageDraft draft) =>
        _links.TryGetValue(draft.Number, out var links) ? links : _links[draft.Number] = references.Read(draft);

    /// <summary>The stages that a choice names; none of any other stage.</summary>
    public IEnumerable<StageName> CandidatesOf(StageDraft draft) => draft.IsChoice ? LinksOf(draft).Needs.Stages : [];

    void Inherit(StageDraft draft)
    {
        if (_links.ContainsKey(draft.Number) || !_open.Add(draft.Number))
            return;
        var links = LinksOf(draft);
        var candidates = links.Needs.Stages.Select(PromisesOf).ToImmutableArray();
        // What is unknown covers all, so that one mistake is reported once.
        var isKnown = links.IsWhole && !candidates.IsEmpty && links.Drafts.All(n => !_open.Contains(n))
            && !links.Needs.Stages.Any(promises.IsUnknown);
        foreach (var cell in draft.Cells)
        {
            if (isKnown)
                promises.Inherit(cell.Name, [.. Common(candidates).Select(p => Inherited(draft.Item, p))]);
            else
                promises.AddUnknown(cell.Name);
        }
        _open.Remove(draft.Number);
    }

    ImmutableArray<ReferencedPromise> PromisesOf(StageName stage)
    {
        if (stage.Project is not null)
            return referenced.Find(stage)!.Promises;
        if (index.Find(stage.ToString()) is { Draft: { IsChoice: true } choice })
            Inherit(choice);
        return [.. promises.Of(stage).Select(ReferencedPromise.Of)];
    }

    // A path that all promise in one way is promised in that way; one that they promise differently, or by a folder above it, need only be
    // there.
    static IEnumerable<ReferencedPromise> Common(ImmutableArray<ImmutableArray<ReferencedPromise>> candidates)
    {
        var paths = candidates.SelectMany(c => c.Select(p => p.Path)).Distinct().Order().ToList();
        var same = Alike(candidates, paths.Where(path => candidates.All(c => c.Any(p => p.Path == path)))).ToList();
        return same.Concat(Alike(candidates, paths.Where(path => !same.Exists(p => p.Covers(path))
            && candidates.All(c => c.Any(p => p.Covers(path)))))).OrderBy(p => p.Path);
    }

    static IEnumerable<ReferencedPromise> Alike(
        ImmutableArray<ImmutableArray<ReferencedPromise>> candidates, IEnumerable<RelativePath> paths) =>
        from path in paths
        let alike = candidates[0].Where(p => p.Path == path && candidates.All(c => c.Contains(p))).Distinct().ToList()
        from promise in alike.Count > 0 ? alike : [new ReferencedPromise(path, PromiseType.Any, null)]
        select promise;

    static Promise Inherited(DeclaredItem item, ReferencedPromise promise) =>
        new() { Path = promise.Path, Item = item, Type = promise.Type, Pointer = promise.Pointer, IsInherited = true };
}
