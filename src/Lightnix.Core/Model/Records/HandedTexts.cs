using System.Collections.Immutable;
using Lightnix.Hashing;

namespace Lightnix.Model;

/// <summary>A <see cref="HandedStage"/> as named lists of texts: how it travels between projects.</summary>
public static class HandedTexts
{
    const string Project = nameof(HandedStage.Project);
    const string Stage = nameof(ItemKind.Stage);
    const string Axes = nameof(HandedStage.Axes);
    const string Promises = nameof(HandedStage.Promises);
    const string Plural = nameof(HandedStage.Plural);
    const string Store = nameof(HandedStage.Store);
    const string DerivationList = nameof(HandedStage.Derivation);
    const string RulesText = nameof(HandedStage.Rules);
    const string ResolvedList = nameof(HandedChoice.Resolved);
    const string Realizations = nameof(HandedChoice.Realizations);
    const string Trees = nameof(HandedChoice.Trees);
    const string Fails = nameof(HandedStage.Fails);

    /// <summary>Every list has its name, also an empty one. A promise that may be a folder ends with a slash.</summary>
    public static IEnumerable<(string Name, ImmutableArray<string> Texts)> Of(HandedStage stage) =>
    [
        (Project, [stage.Project]),
        (Stage, [stage.DeclaredName.ToString()]),
        (Axes, [.. stage.Axes.Select(a => $"{a.Key}={a.Value}")]),
        (Promises, [.. stage.Promises.Select(p => p.MayBeFolder ? $"{p.Path}/" : p.Path.ToString())]),
        (Plural, Flag(stage.Plural)),
        (Store, [stage.Store]),
        (DerivationList, Optional(stage.Derivation)),
        (RulesText, Optional(stage.Rules)),
        (ResolvedList, Optional(stage.Choice?.Resolved)),
        (Realizations, [.. stage.Choice?.Realizations.Select(r => r.ToString()) ?? []]),
        (Trees, [.. stage.Choice?.Trees.Select(t => t.ToString()) ?? []]),
        (Fails, Flag(stage.Fails)),
    ];

    /// <exception cref="FormatException">Something else than <see cref="Of"/> gave the texts.</exception>
    public static HandedStage Parse(string name, Func<string, ImmutableArray<string>> texts)
    {
        return new()
        {
            Project = One(Project) ?? "",
            Name = StageName.Parse(name),
            DeclaredName = StageName.Parse(One(Stage) ?? ""),
            Axes = texts(Axes).Select(axis => axis.Split('=', 2)).ToImmutableSortedDictionary(a => a[0], a => a[1], Utf8Order.Instance),
            Promises = [.. texts(Promises).Select(p => new HandedPromise(RelativePath.Parse(p.TrimEnd('/')), p.EndsWith('/')))],
            Plural = One(Plural) is not null,
            Store = One(Store) ?? "",
            Derivation = One(DerivationList) is { } derivation ? Reference<Derivation>.Parse(derivation) : null,
            Rules = One(RulesText) is { } rules ? Digest.Parse(rules) : null,
            Choice = One(ResolvedList) is { } resolved
                ? new(Reference<Resolved>.Parse(resolved), [.. texts(Realizations).Select(Reference<Realization>.Parse)], [.. texts(Trees).Select(Reference<Tree>.Parse)])
                : null,
            Fails = One(Fails) is not null,
        };

        string? One(string list) => texts(list) is [var text, ..] ? text : null;
    }

    static ImmutableArray<string> Flag(bool set) => set ? ["true"] : [];

    static ImmutableArray<string> Optional(object? value) => value?.ToString() is { } text ? [text] : [];
}
