using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A stage for which the last build of a project could not choose.</summary>
sealed class FailedStage(Store store, Root root, string stage, Reference<Resolved> resolved)
{
    public Root Root => root;
    public string Stage => stage;
    public Reference<Resolved> Resolved => resolved;
    public History History { get; } = store.Records.History(resolved);

    public string[] Row() => [stage, State, "", "", Cell.Ago(Last), "", Note];

    /// <summary>When its last run ended, completed or failed.</summary>
    public DateTimeOffset? Last => History.Facts.Select(f => (DateTimeOffset?)f.End).Max();

    /// <summary>Its results, the newest first.</summary>
    public ImmutableArray<Reference<Realization>> Results =>
        [.. History.Runs.OrderByDescending(r => r.Facts.Order).Select(r => r.Realization).Distinct()];

    /// <summary>The state of a stage for which the last build could choose.</summary>
    public const string Chosen = "chosen";

    /// <summary><c>broken</c> where runs completed and none of their results could be chosen, else <c>failed</c>.</summary>
    public string State => GraphTexts.Of(GraphQuery.StateOf(History));

    /// <summary>How many results and failed runs there are.</summary>
    public string Note => (Results.IsEmpty ? "no result"
        : $"{Count(Results.Length, "result")} of {Count(History.Runs.Length, "run")}, none chosen")
        + (History.Failures.IsEmpty ? "" : $", {Count(History.Failures.Length, "failed run")}");

    public JsonValue.Object ToJson()
    {
        var json = JsonValue.Object.Empty
            .With("project", root.Project).With("projectExists", File.Exists(root.Project)).With("stage", stage)
            .With("resolved", resolved.ToString()).With("state", "failed").With("stageState", State)
            .With("failed", true);
        return Last is { } last ? json.With("made", Output.Utc(last)) : json;
    }

    public JsonValue.Object RunsToJson(ResultStates states)
    {
        var json = JsonValue.Object.Empty.With("resolved", resolved.ToString())
            .With("runs", RunJson.Of(states, History.Runs, root.Stages.GetValueOrDefault(stage)))
            .With("failures", new JsonValue.Array([.. History.Failures.OrderBy(f => f.Facts.Order)
                .Select(f => RunJson.Of(f, states.Notes(f)))]));
        return json.WithOptional("derivation", History.Facts.Select(f => f.Derivation).LastOrDefault()?.ToString());
    }

    static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
