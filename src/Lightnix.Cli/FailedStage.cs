using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A stage for which the last build of a project could not choose.</summary>
sealed class FailedStage(Store store, Root root, string stage, Reference<Resolved> resolved)
{
    readonly History _history = store.Records.History(resolved);

    public Root Root => root;

    public string Stage => stage;

    /// <summary>True when an earlier build could choose.</summary>
    public bool HasChoice => root.Stages.ContainsKey(stage);

    /// <summary>When its last run ended, whatever came of it.</summary>
    public DateTimeOffset? Last => Facts.Select(f => (DateTimeOffset?)f.End).Max();

    /// <summary>Its results, the last made first.</summary>
    public ImmutableArray<Reference<Realization>> Results => [.. _history.Runs.OrderByDescending(r => r.Facts.Order).Select(r => r.Realization).Distinct()];

    /// <summary>What there is in place of a choice.</summary>
    public string Text => "failed: " + (Results.IsEmpty ? "no result" : $"{Count(Results.Length, "result")} of {Count(_history.Runs.Length, "run")}, none chosen")
        + (_history.Failures.IsEmpty ? "" : $", {Count(_history.Failures.Length, "failed run")}");

    IEnumerable<RunFacts> Facts => _history.Runs.Select(r => r.Facts).Concat(_history.Failures.Select(f => f.Facts));

    public JsonValue.Object ToJson()
    {
        var json = JsonValue.Object.Empty
            .With("project", root.Project).With("projectExists", File.Exists(root.Project)).With("stage", stage)
            .With("resolved", resolved.ToString()).With("state", "failed").With("failed", true);
        return Last is { } last ? json.With("made", Speech.Utc(last)) : json;
    }

    /// <summary>What is known of it: its runs, and those that failed.</summary>
    public JsonValue.Object Known(RunStates states)
    {
        var json = JsonValue.Object.Empty.With("resolved", resolved.ToString())
            .With("runs", new JsonValue.Array([.. _history.Runs.OrderBy(r => r.Facts.Order).Select(r => Lister.RunJson(states, r, root.Stages.GetValueOrDefault(stage)))]))
            .With("failures", new JsonValue.Array([.. _history.Failures.OrderBy(f => f.Facts.Order).Select(Lister.FailureJson)]));
        return Facts.Select(f => f.Derivation).LastOrDefault() is { } derivation ? json.With("derivation", derivation.ToString()) : json;
    }

    static string Count(int number, string what) => FormattableString.Invariant($"{number} {what}{(number == 1 ? "" : "s")}");
}
