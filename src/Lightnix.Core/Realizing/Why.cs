using System.Collections.Immutable;
using Lightnix.Explaining;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Why a stage would run: what changed against the last build of the project, or what its matcher lacks.</summary>
public sealed class Why(Root last, IResults results)
{
    /// <summary>Sentences, the most telling first; at least one.</summary>
    /// <param name="lacking">What the matcher said.</param>
    public ImmutableArray<string> Runs(PlannedStage stage, Resolution resolution, string lacking)
    {
        var history = results.History(resolution.Reference);
        if (history is { Runs.IsEmpty: true, Failures.IsEmpty: false })
            return [$"its last run failed: {history.Failures.MaxBy(f => f.Facts.Order)!.Reason}"];
        if (!last.Stages.TryGetValue(stage.Name.ToString(), out var before))
            return [history.Runs.IsEmpty ? "it was never built here" : lacking];
        if (before.Resolved == resolution.Reference)
            return [lacking];
        var differences = results.Find(before.Resolved) is { } old ? Differences.Between(old, resolution.Resolved) : [];
        return differences.IsEmpty ? [lacking] : [.. differences.Select(d => d.ToString())];
    }

    /// <summary>The same in a few words.</summary>
    public string Briefly(PlannedStage stage, Resolution resolution, string lacking)
    {
        var all = Runs(stage, resolution, lacking);
        return all.Length == 1 ? all[0] : $"{all[0]}, and {all.Length - 1} more {(all.Length == 2 ? "change" : "changes")}";
    }
}
