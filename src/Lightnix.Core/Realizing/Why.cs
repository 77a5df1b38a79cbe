using Lightnix.Contracts;
using Lightnix.Explaining;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Why a stage would run: what changed against the last build of the project, or what its matcher lacks.</summary>
public sealed class Why(Root last, ITraces traces)
{
    /// <summary>Sentences, the most important first; at least one.</summary>
    /// <param name="lacking">The reason of the matcher.</param>
    public async ValueTask<ImmutableArray<string>> RunsAsync(PlannedStage stage, ResolvedStage resolved, string lacking,
        CancellationToken cancellationToken)
    {
        var history = await traces.HistoryAsync(resolved.Reference, cancellationToken).ConfigureAwait(false);
        if (history is { Runs.IsEmpty: true, Failures.IsEmpty: false })
            return [$"its last run failed: {history.Failures.MaxBy(f => f.Facts.Order)!.Reason}"];
        if (!last.Stages.TryGetValue(stage.Name.ToString(), out var before))
            return [history.Runs.IsEmpty ? "it was never built here" : lacking];
        if (before.Resolved == resolved.Reference
            || await traces.FindAsync(before.Resolved, cancellationToken).ConfigureAwait(false) is not { } old)
            return [lacking];
        var differences = Differences.Between(old, resolved.Resolved);
        return differences.IsEmpty ? [lacking] : [.. differences.Select(d => d.ToString())];
    }

    /// <summary>The same in a few words.</summary>
    public async ValueTask<string> BrieflyAsync(PlannedStage stage, ResolvedStage resolved, string lacking,
        CancellationToken cancellationToken)
    {
        var all = await RunsAsync(stage, resolved, lacking, cancellationToken).ConfigureAwait(false);
        return all.Length == 1 ? all[0] : $"{all[0]}, and {all.Length - 1} more {(all.Length == 2 ? "change" : "changes")}";
    }
}
