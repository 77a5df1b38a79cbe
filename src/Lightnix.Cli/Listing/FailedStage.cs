using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A stage that the last build of a project has no choice for.</summary>
/// <param name="resolved">What its runs are of; null of a choice among stages, and of a stage that was not tried.</param>
sealed class FailedStage(Store store, Root root, string stage, Reference<Resolved>? resolved)
{
    public Root Root => root;
    public string Stage => stage;
    public Reference<Resolved>? Resolved => resolved;
    public History History { get; } = resolved is null ? History.Empty : store.Records.History(resolved);

    /// <summary>Null where the last build has a choice, or where neither it nor an earlier one had anything to choose from.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public static FailedStage? Find(Store store, Root root, string stage)
    {
        if (root.Pending.GetValueOrDefault(stage) is { } resolved)
            return new(store, root, stage, resolved);
        var isFailed = root.Failed.TryGetValue(stage, out var because);
        return isFailed && (root.Stages.ContainsKey(stage) || IsSame(stage, because)) ? new(store, root, stage, null) : null;
    }

    public string[] Row() => [stage, State, "", "", Cell.Ago(Last), "", Note];

    /// <summary>When its last run ended, completed or failed.</summary>
    public DateTimeOffset? Last => History.Facts.Select(f => (DateTimeOffset?)f.End).Max();

    /// <summary>Its results, the newest first.</summary>
    public ImmutableArray<Reference<Realization>> Results =>
        [.. History.Runs.OrderByDescending(r => r.Facts.Order).Select(r => r.Realization).Distinct()];

    /// <summary>The state of a stage for which the last build could choose.</summary>
    public const string Chosen = "chosen";

    /// <summary><c>broken</c> where runs completed and none of their results could be chosen, <c>not built</c> where another stage failed
    /// before it, else <c>failed</c>.</summary>
    public string State => GraphTexts.Of(GraphQuery.StateOf(root, stage, resolved is null ? null : History, Derivation));

    Derivation? Derivation => (root.Stages.GetValueOrDefault(stage)?.Derivation ?? root.NotBuilt.GetValueOrDefault(stage)) is { } reference
        ? store.Records.Find(reference) : null;

    /// <summary>How many results and failed runs there are, or what else was in the way.</summary>
    public string Note
    {
        get
        {
            if (resolved is not null)
                return RunsNote;
            var because = root.Failed[stage];
            return IsSame(stage, because) ? "nothing could be chosen" : $"not tried, as {because} has no choice";
        }
    }

    string RunsNote => (Results.IsEmpty ? "no result"
        : $"{Count(Results.Length, "result")} of {Count(History.Runs.Length, "run")}, none chosen")
        + (History.Failures.IsEmpty ? "" : $", {Count(History.Failures.Length, "failed run")}");

    public JsonValue.Object ToJson()
    {
        var json = JsonValue.Object.Empty
            .With("project", root.Project).With("projectExists", File.Exists(root.Project)).With("stage", stage)
            .WithOptional("resolved", resolved?.ToString()).With("state", "failed").With("stageState", State)
            .With("failed", true);
        return Last is { } last ? json.With("made", Output.Utc(last)) : json;
    }

    public JsonValue.Object RunsToJson(ResultStates states)
    {
        var json = JsonValue.Object.Empty.WithOptional("resolved", resolved?.ToString())
            .With("stageState", State).With("because", Note)
            .With("runs", RunJson.Of(states, History.Runs, root.Stages.GetValueOrDefault(stage)))
            .With("failures", new JsonValue.Array([.. History.Failures.OrderBy(f => f.Facts.Order)
                .Select(f => RunJson.Of(f, states.Notes(f)))]));
        return json.WithOptional("derivation", History.Facts.Select(f => f.Derivation).LastOrDefault()?.ToString());
    }

    static bool IsSame(string stage, string? other) => string.Equals(stage, other, StringComparison.OrdinalIgnoreCase);

    static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
