namespace Lightnix.Model;

/// <summary>A <see cref="ReferencedStage"/> as named lists of texts: how it travels between projects.</summary>
public static class ReferencedStageTexts
{
    const string Project = nameof(ReferencedStage.Project);
    const string Stage = nameof(ItemKind.Stage);
    const string Axes = nameof(ReferencedStage.Axes);
    const string Parameters = nameof(ReferencedStage.Parameters);
    const string Promises = nameof(ReferencedStage.Promises);
    const string MatcherText = nameof(ReferencedStage.Matcher);
    const string Store = nameof(ReferencedStage.Store);
    const string DerivationList = nameof(ReferencedStage.Derivation);
    const string RulesText = nameof(ReferencedStage.Rules);
    const string ResolvedList = nameof(ChosenResult.Resolved);
    const string Realizations = nameof(Choice.Realizations);
    const string Trees = nameof(Choice.Trees);
    const string Winners = nameof(ChosenResult.Winner);
    const string Fails = nameof(ReferencedStage.Fails);
    const string Intermediate = nameof(ReferencedStage.IsIntermediate);

    /// <summary>Every list has its name, also an empty one. Lists about results have a text for each, in their order.</summary>
    public static IEnumerable<(string Name, ImmutableArray<string> Texts)> Of(ReferencedStage stage) =>
    [
        (Project, [stage.Project]),
        (Stage, [stage.DeclaredName.ToString()]),
        (Axes, Pairs(stage.Axes)),
        (Parameters, Pairs(stage.Parameters)),
        (Promises, [.. stage.Promises.Select(p => p.ToString())]),
        (MatcherText, [CanonicalJson.ToText(stage.Matcher.ToJson())]),
        (Store, [stage.Store]),
        (DerivationList, Optional(stage.Derivation)),
        (RulesText, Optional(stage.Rules)),
        (ResolvedList, [.. stage.Choice?.Results.Select(r => r.Resolved.ToString()) ?? []]),
        (Realizations, [.. stage.Choice?.Realizations.Select(r => r.ToString()) ?? []]),
        (Trees, [.. stage.Choice?.Trees.Select(t => t.ToString()) ?? []]),
        (Winners, [.. stage.Choice?.Results.Select(r => r.Winner).OfType<Winner>().Select(w => CanonicalJson.ToText(w.ToJson())) ?? []]),
        (Fails, Flag(stage.Fails)),
        (Intermediate, Flag(stage.IsIntermediate)),
    ];

    /// <exception cref="FormatException">Something else than <see cref="Of"/> gave the texts.</exception>
    public static ReferencedStage Parse(string name, Func<string, ImmutableArray<string>> texts)
    {
        var derivation = One(DerivationList) is { } reference ? Reference<Derivation>.Parse(reference) : null;
        var matcher = Matcher.Parse(One(MatcherText) ?? "");
        return new()
        {
            Project = One(Project) ?? "",
            Name = StageName.Parse(name),
            DeclaredName = StageName.Parse(One(Stage) ?? ""),
            Axes = Pairs(texts(Axes)),
            Parameters = Pairs(texts(Parameters)),
            Promises = [.. texts(Promises).Select(ReferencedPromise.Parse)],
            Matcher = matcher,
            Store = One(Store) ?? "",
            Derivation = derivation,
            Rules = One(RulesText) is { } rules ? Digest.Parse(rules) : null,
            Choice = derivation is not null && Results() is { IsEmpty: false } results ? new(derivation, results, matcher.IsPlural) : null,
            Fails = One(Fails) is not null,
            IsIntermediate = One(Intermediate) is not null,
        };

        ImmutableArray<ChosenResult> Results()
        {
            var (realizations, resolved, trees, winners) = (texts(Realizations), texts(ResolvedList), texts(Trees), texts(Winners));
            var count = realizations.Length;
            return resolved.Length == count && trees.Length == count && (winners.IsEmpty || winners.Length == count)
                ? [.. realizations.Select((r, i) => new ChosenResult(
                    Reference<Realization>.Parse(r), Reference<Resolved>.Parse(resolved[i]), Reference<Tree>.Parse(trees[i]), null)
                    { Winner = winners.IsEmpty ? null : Winner.Parse(winners[i]) })]
                : throw new FormatException($"a choice of {count} realizations has {trees.Length} trees");
        }

        string? One(string list) => texts(list) is [var text, ..] ? text : null;
    }

    static ImmutableArray<string> Pairs(ImmutableSortedDictionary<string, string> values) => [.. values.Select(v => $"{v.Key}={v.Value}")];

    static ImmutableSortedDictionary<string, string> Pairs(ImmutableArray<string> texts) =>
        texts.Select(text => text.Split('=', 2)).ToImmutableSortedDictionary(a => a[0], a => a[1], Utf8Order.Instance);

    static ImmutableArray<string> Flag(bool set) => set ? ["true"] : [];

    static ImmutableArray<string> Optional(object? value) => value?.ToString() is { } text ? [text] : [];
}
