namespace Lightnix.Model;

/// <summary>A choice of a stage as a root keeps it, with the rules that made it.</summary>
/// <param name="Matcher">The matcher that chose.</param>
/// <param name="Promises">Keys of the promises that the chosen results keep, sorted.</param>
/// <param name="Known">The highest order of a run that the matcher had seen.</param>
public sealed record Selection(Choice Choice, Matcher Matcher, ImmutableArray<Digest> Promises, long Known)
{
    /// <summary>The promises of <see cref="Promises"/> with all that they demand, sorted by path; empty in a root of an older
    /// format.</summary>
    public ImmutableArray<RecordedPromise> Demands { get; init; } = [];

    /// <summary>Promised paths whose files must be read for a verdict, sorted: with the metric, what is kept of a result that is
    /// collected.</summary>
    public ImmutableArray<RelativePath> Reads { get; init; } = [];

    /// <summary>Of a choice stage: stages that it names and that had no result, sorted, because their failures are skipped.</summary>
    public ImmutableArray<StageName> Missing { get; init; } = [];

    /// <summary>True where a lock file chose in this build, in place of the matcher. Not recorded.</summary>
    public bool IsPinned { get; init; }

    /// <summary>True of an intermediate stage: its trees need not be there.</summary>
    public bool IsIntermediate { get; init; }
    public Reference<Derivation> Derivation => Choice.Derivation;

    /// <inheritdoc cref="Choice.Resolved"/>
    public Reference<Resolved> Resolved => Choice.Resolved;

    public ImmutableArray<ChosenResult> Results => Choice.Results;

    /// <summary>The metric of the first result, as <c>accuracy.txt = 0.953</c>; or null.</summary>
    public string? MetricText => Matcher.Metric is { } metric && Results[0].Metric is { } number ? metric.With(number) : null;

    /// <summary>True where the first format of roots cannot hold it.</summary>
    internal bool IsOfSecondFormat => IsIntermediate || Choice.IsAmongStages;

    /// <summary>True where a root would say the same of the other one. Equal keys of promises demand the same.</summary>
    public bool IsSame(Selection? other) =>
        other is not null && Derivation == other.Derivation && Choice.Plural == other.Choice.Plural && Matcher == other.Matcher
        && Known == other.Known && IsIntermediate == other.IsIntermediate && Demands.IsEmpty == other.Demands.IsEmpty
        && Results.SequenceEqual(other.Results) && Promises.SequenceEqual(other.Promises) && Reads.SequenceEqual(other.Reads)
        && Missing.SequenceEqual(other.Missing);

    internal JsonValue.Object ToJson() =>
        (IsOfSecondFormat
            ? JsonValue.Object.Empty.WithOptional("results", Results.Select(r => r.ToJson()))
                .WithOptional("missing", JsonValue.Texts(Missing.Select(m => m.ToString())).Items)
            : OfOneStage())
        .With("derivation", Derivation.ToString())
        .With("matcher", Matcher.ToJson())
        .WithOptional("promises", JsonValue.Texts(Promises.Select(p => p.ToString())).Items)
        .WithOptional("demands", Demands.Select(d => d.ToJson()))
        .WithOptional("reads", JsonValue.Texts(Reads.Select(r => r.ToString())).Items)
        .With("known", Known)
        .WithFlag("intermediate", IsIntermediate);

    // The first format has parallel lists, and metrics only where every result has one.
    JsonValue.Object OfOneStage() => JsonValue.Object.Empty
        .With("resolved", Resolved.ToString())
        .With("realizations", JsonValue.Texts(Results.Select(r => r.Realization.ToString())))
        .With("trees", JsonValue.Texts(Results.Select(r => r.Tree.ToString())))
        .WithOptional("metrics", JsonValue.Texts(Results.All(r => r.Metric is not null) ? Results.Select(r => r.Metric!) : []).Items);

    /// <exception cref="FormatException">A member is missing, or the members do not fit each other.</exception>
    internal static Selection FromJson(JsonValue.Object json)
    {
        var matcher = Matcher.FromJson(json.Object("matcher"));
        return new(
            new(Reference<Derivation>.Parse(json.Text("derivation")), ReadResults(json), matcher.IsPlural),
            matcher,
            [.. json.OptionalTexts("promises").Select(Digest.Parse)],
            json.Integer("known", 0, RunFacts.MostOrder))
        {
            Demands = [.. json.OptionalObjects("demands").Select(RecordedPromise.FromJson)],
            Reads = [.. json.OptionalTexts("reads").Select(RelativePath.Parse)],
            IsIntermediate = json.Flag("intermediate"),
            Missing = [.. json.OptionalTexts("missing").Select(StageName.ParseOfAny)],
        };
    }

    static ImmutableArray<ChosenResult> ReadResults(JsonValue.Object json)
    {
        if (json.OptionalObjects("results") is { IsEmpty: false } results)
            return [.. results.Select(ChosenResult.FromJson)];
        var resolved = Reference<Resolved>.Parse(json.Text("resolved"));
        var realizations = json.OptionalTexts("realizations").Select(Reference<Realization>.Parse).ToImmutableArray();
        var trees = json.OptionalTexts("trees").Select(Reference<Tree>.Parse).ToImmutableArray();
        var metrics = json.OptionalTexts("metrics");
        return !realizations.IsEmpty && trees.Length == realizations.Length && (metrics.IsEmpty || metrics.Length == realizations.Length)
            ? [.. realizations.Select((r, i) => new ChosenResult(r, resolved, trees[i], metrics.IsEmpty ? null : metrics[i]))]
            : throw new FormatException(
                $"a selection of {realizations.Length} realizations has {trees.Length} trees and {metrics.Length} metrics");
    }
}
