namespace Lightnix.Model;

/// <summary>A <see cref="ReferencedStage"/> as named lists of texts: how it travels between projects.</summary>
public static class ReferencedStageTexts
{
    const string Project = nameof(ReferencedStage.Project);
    const string Stage = nameof(ItemKind.Stage);
    const string Axes = nameof(ReferencedStage.Axes);
    const string Promises = nameof(ReferencedStage.Promises);
    const string MatcherText = nameof(ReferencedStage.Matcher);
    const string Store = nameof(ReferencedStage.Store);
    const string DerivationList = nameof(ReferencedStage.Derivation);
    const string RulesText = nameof(ReferencedStage.Rules);
    const string ResolvedList = nameof(ChosenResult.Resolved);
    const string Realizations = nameof(Choice.Realizations);
    const string Trees = nameof(Choice.Trees);
    const string Fails = nameof(ReferencedStage.Fails);
    const string Intermediate = nameof(ReferencedStage.IsIntermediate);

    /// <summary>Every list has its name, also an empty one. A promise that may be a folder ends with a slash.</summary>
    public static IEnumerable<(string Name, ImmutableArray<string> Texts)> Of(ReferencedStage stage) =>
    [
        (Project, [stage.Project]),
        (Stage, [stage.DeclaredName.ToString()]),
        (Axes, [.. stage.Axes.Select(a => $"{a.Key}={a.Value}")]),
        (Promises, [.. stage.Promises.Select(p => p.MayBeFolder ? $"{p.Path}/" : p.Path.ToString())]),
        (MatcherText, [CanonicalJson.ToText(stage.Matcher.ToJson())]),
        (Store, [stage.Store]),
        (DerivationList, Optional(stage.Derivation)),
        (RulesText, Optional(stage.Rules)),
        (ResolvedList, Optional(stage.Choice?.Resolved)),
        (Realizations, [.. stage.Choice?.Realizations.Select(r => r.ToString()) ?? []]),
        (Trees, [.. stage.Choice?.Trees.Select(t => t.ToString()) ?? []]),
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
            Axes = texts(Axes).Select(axis => axis.Split('=', 2)).ToImmutableSortedDictionary(a => a[0], a => a[1], Utf8Order.Instance),
            Promises = [.. texts(Promises).Select(p => new ReferencedPromise(RelativePath.Parse(p.TrimEnd('/')), p.EndsWith('/')))],
            Matcher = matcher,
            Store = One(Store) ?? "",
            Derivation = derivation,
            Rules = One(RulesText) is { } rules ? Digest.Parse(rules) : null,
            Choice = derivation is not null && One(ResolvedList) is { } resolved
                ? new(derivation, Results(Reference<Resolved>.Parse(resolved)), matcher.IsPlural) : null,
            Fails = One(Fails) is not null,
            IsIntermediate = One(Intermediate) is not null,
        };

        ImmutableArray<ChosenResult> Results(Reference<Resolved> resolved)
        {
            var (realizations, trees) = (texts(Realizations), texts(Trees));
            return realizations.Length == trees.Length
                ? [.. realizations.Zip(trees,
                    (r, t) => new ChosenResult(Reference<Realization>.Parse(r), resolved, Reference<Tree>.Parse(t), null))]
                : throw new FormatException($"a choice of {realizations.Length} realizations has {trees.Length} trees");
        }

        string? One(string list) => texts(list) is [var text, ..] ? text : null;
    }

    static ImmutableArray<string> Flag(bool set) => set ? ["true"] : [];

    static ImmutableArray<string> Optional(object? value) => value?.ToString() is { } text ? [text] : [];
}
