using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>Turns stages without a mistake into derivations, inputs first.</summary>
sealed class Instantiation(PromiseTable promises, MatcherReader matchers)
{
    readonly SortedDictionary<StageName, Reference<Derivation>> _references = [];
    readonly List<PlannedStage> _stages = [];

    public Plan Plan => new([.. _stages]);

    public void Add(StageDraft draft, StageCell cell, StageLinks links, FoundBuilder found, ImmutableArray<SourceFile> sources)
    {
        ImmutableArray<PlannedInput> inputs =
        [
            .. links.Needs.Stages
                .Select(stage => new PlannedInput(stage.ToString(), stage, links.Needs.PathsOf(stage), matchers.Of(stage).Matcher.IsPlural))
                .OrderBy(input => input.At, Utf8Order.Instance),
        ];
        var derivation = new Derivation
        {
            Name = cell.Name,
            Builder = found.Builder,
            Parameters = draft.Parameters.AddRange(cell.Axes),
            Environment = draft.Environment,
            Sources = [.. sources.Select(s => s.Entry)],
            Inputs = [.. inputs.Select(i => new InputEntry(i.At, i.Paths, _references[i.Stage]))],
            Tools = draft.Tools,
            Network = draft.Network,
            Platform = draft.Platform,
            Seed = draft.Seed,
            Epoch = draft.Epoch,
        };
        var matcher = matchers.Of(cell.Name);
        _references[cell.Name] = derivation.Reference();
        _stages.Add(new()
        {
            Name = cell.Name,
            DeclaredName = draft.Name!,
            Item = draft.Item,
            Derivation = derivation,
            Reference = _references[cell.Name],
            Inputs = inputs,
            Promises = promises.Of(cell.Name),
            Matcher = matcher.Matcher,
            MatcherItem = matcher.Item,
            Execution = draft.Execution,
            Sources = sources,
            Program = found.Program,
            ImportPath = found.ImportPath,
            Templates = links.Templates,
        });
    }
}
