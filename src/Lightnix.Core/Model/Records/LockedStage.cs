using System.Collections.Immutable;
using Lightnix.Hashing;

namespace Lightnix.Model;

/// <summary>What a lock file pins of one stage.</summary>
/// <param name="Matcher">What chose: another one chooses anew, and is an error in locked mode.</param>
/// <param name="Results">In the order of the selection; at least one.</param>
public sealed record LockedStage(Reference<Derivation> Derivation, Reference<Resolved> Resolved, Matcher Matcher, ImmutableArray<LockedResult> Results)
{
    public static LockedStage Of(Selection selection) => new(
        selection.Derivation,
        selection.Resolved,
        selection.Matcher,
        [.. selection.Realizations.Select((r, i) => new LockedResult(r, selection.Trees[i], selection.Metrics.Length == selection.Realizations.Length ? selection.Metrics[i] : null))]);

    /// <summary>True when it pins the same results of the same derivation, whatever chose them.</summary>
    public bool SamePins(LockedStage? other) => other is not null && Derivation == other.Derivation && Resolved == other.Resolved && Results.SequenceEqual(other.Results);

    internal JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("derivation", Derivation.ToString())
        .With("resolved", Resolved.ToString())
        .With("matcher", Matcher.ToJson())
        .WithOptional("realizations", Results.Select(r => r.ToJson()));

    /// <exception cref="FormatException">A member is missing, or a realization is not that of its tree.</exception>
    internal static LockedStage FromJson(JsonValue.Object json)
    {
        var stage = new LockedStage(
            Reference<Derivation>.Parse(json.Text("derivation")),
            Reference<Resolved>.Parse(json.Text("resolved")),
            Matcher.FromJson(json.Object("matcher")),
            [.. json.OptionalObjects("realizations").Select(LockedResult.FromJson)]);
        if (stage.Results.IsEmpty)
            throw new FormatException("it pins no realization");
        // A merge by hand may put together what does not belong together.
        if (stage.Results.FirstOrDefault(r => new Realization(stage.Resolved, r.Tree).Reference() != r.Realization) is { } mixed)
            throw new FormatException($"'{mixed.Realization.Short}' is not the realization of this 'resolved' with the tree '{mixed.Tree.Short}'");
        return stage;
    }
}

/// <summary>A realization that a lock file pins.</summary>
/// <param name="Metric">As it was read when it was chosen; for people.</param>
public sealed record LockedResult(Reference<Realization> Realization, Reference<Tree> Tree, string? Metric)
{
    internal JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("realization", Realization.ToString())
        .With("tree", Tree.ToString())
        .WithOptional("metric", Metric);

    internal static LockedResult FromJson(JsonValue.Object json) => new(
        Reference<Model.Realization>.Parse(json.Text("realization")),
        Reference<Model.Tree>.Parse(json.Text("tree")),
        json.OptionalText("metric"));
}
