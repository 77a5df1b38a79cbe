namespace Lightnix.Model;

/// <summary>What a lock file pins of one stage.</summary>
/// <param name="Matcher">The matcher that chose. With another matcher, a build chooses again; in locked mode that is an error.</param>
public sealed record LockedStage(Choice Choice, Matcher Matcher)
{
    public static LockedStage Of(Selection selection) => new(selection.Choice, selection.Matcher);

    public Reference<Derivation> Derivation => Choice.Derivation;
    public Reference<Resolved> Resolved => Choice.Resolved;
    public ImmutableArray<ChosenResult> Results => Choice.Results;

    /// <summary>True when it pins the same results of the same derivation, whatever chose them.</summary>
    public bool SamePins(LockedStage? other) => other is not null && Derivation == other.Derivation && Results.SequenceEqual(other.Results);

    internal JsonValue.Object ToJson() =>
        (Choice.IsAmongStages ? JsonValue.Object.Empty : JsonValue.Object.Empty.With("resolved", Resolved.ToString()))
        .With("derivation", Derivation.ToString())
        .With("matcher", Matcher.ToJson())
        .WithOptional("realizations", Results.Select(r => Choice.IsAmongStages ? r.ToJson() : OfOneStage(r)));

    /// <exception cref="FormatException">A member is missing, or a realization is not that of its tree.</exception>
    internal static LockedStage FromJson(JsonValue.Object json)
    {
        var resolved = json.OptionalText("resolved") is { } text ? Reference<Resolved>.Parse(text) : null;
        var matcher = Matcher.FromJson(json.Object("matcher"));
        var results = json.OptionalObjects("realizations")
            .Select(r => resolved is null ? ChosenResult.FromJson(r) : Result(r, resolved)).ToImmutableArray();
        if (results.IsEmpty)
            throw new FormatException("it pins no realization");
        // A merge by hand may put together what does not belong together.
        if (resolved is not null
            && results.FirstOrDefault(r => new Realization(resolved, r.Tree).Reference() != r.Realization) is { } mixed)
            throw new FormatException(
                $"'{mixed.Realization.Short}' is not the realization of this 'resolved' with the tree '{mixed.Tree.Short}'");
        return new(new(Reference<Derivation>.Parse(json.Text("derivation")), results, matcher.IsPlural), matcher);
    }

    static JsonValue.Object OfOneStage(ChosenResult result) => JsonValue.Object.Empty
        .With("realization", result.Realization.ToString())
        .With("tree", result.Tree.ToString())
        .WithOptional("metric", result.Metric);

    static ChosenResult Result(JsonValue.Object json, Reference<Resolved> resolved) => new(
        Reference<Realization>.Parse(json.Text("realization")),
        resolved,
        Reference<Tree>.Parse(json.Text("tree")),
        json.OptionalText("metric"));
}
