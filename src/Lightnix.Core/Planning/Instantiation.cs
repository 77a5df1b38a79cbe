namespace Lightnix.Planning;

/// <summary>Turns stages without a mistake into derivations, inputs first.</summary>
sealed class Instantiation(PromiseTable promises, MatcherReader matchers, ReferencedStages referenced, ReadableStages readable)
{
    readonly ImmutableSortedDictionary<StageName, Reference<Derivation>>.Builder _references =
        ImmutableSortedDictionary.CreateBuilder<StageName, Reference<Derivation>>();

    readonly ImmutableSortedDictionary<StageName, ReferencedStage>.Builder _read =
        ImmutableSortedDictionary.CreateBuilder<StageName, ReferencedStage>();

    readonly List<PlannedStage> _stages = [];

    public Plan Plan => new(SeedNames.Shared([.. _stages])) { ReferencedStages = _read.ToImmutable() };

    public void Add(StageDraft draft, StageCell cell, StageLinks links, FoundBuilder found, ImmutableArray<SourceFile> sources)
    {
        ImmutableArray<PlannedInput> inputs =
        [
            .. links.Needs.Stages
                .Select(stage => new PlannedInput(stage.Folder, stage, links.Needs.PathsOf(stage), readable.IsPlural(stage)))
                .OrderBy(input => input.At, Utf8Order.Instance),
        ];
        var derivation = new Derivation
        {
            Name = cell.Name,
            Builder = found.Builder,
            Parameters = draft.Parameters.AddRange(cell.Axes),
            Environment = draft.Environment,
            Sources = [.. sources.Select(s => s.Entry)],
            Inputs = [.. inputs.Select(i => new InputEntry(i.At, i.Paths, DerivationOf(i.Stage)))],
            Tools = draft.Tools,
            Network = draft.Network,
            Platform = draft.Platform,
            Seed = links.Seed is { } seed ? Expansion.Text(seed, draft.Parameters.AddRange(cell.Axes)) : null,
            Epoch = draft.Epoch,
        };
        var matcher = matchers.Of(cell.Name);
        _references[cell.Name] = derivation.Reference();
        _stages.Add(new()
        {
            Name = cell.Name,
            DeclaredName = draft.Name!,
            Axes = cell.Axes,
            Item = draft.Item,
            Derivation = derivation,
            Reference = _references[cell.Name],
            Inputs = inputs,
            Promises = promises.Of(cell.Name),
            Matcher = matcher.Item is null && draft.IsChoice ? Matcher.OfChoices : matcher.Matcher,
            MatcherItem = matcher.Item,
            Execution = draft.Execution,
            Sources = sources,
            Program = found.Program,
            ImportPath = found.ImportPath,
            ImportTree = found.ImportTree,
            Templates = links.Templates,
            Variables = links.Variables,
        });
    }

    Reference<Derivation> DerivationOf(StageName stage)
    {
        if (stage.Project is null)
            return _references[stage];
        _read[stage] = referenced.Find(stage)!;
        return _read[stage].Derivation ?? throw new InvalidOperationException($"'{stage}' was handed over without its derivation");
    }
}
