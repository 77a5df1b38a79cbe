using Lightnix.Contracts;
using Lightnix.Explaining;
using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>Why a stage would run: what changed against the last build of the project, or what its matcher lacks.</summary>
public sealed class Why(Root last, ITraces traces)
{
    /// <summary>Why a build would run a stage of which nothing is chosen: sentences, the most important first; at least one.</summary>
    public async ValueTask<ImmutableArray<string>> LackingAsync(StageMatch match, CancellationToken cancellationToken)
    {
        if (match.Decision is not Decision.RunMore { Reason: var lacking })
            return ["its result was collected from the store"];
        var resolved = match.Member.Resolved;
        var history = await traces.HistoryAsync(resolved.Reference, cancellationToken).ConfigureAwait(false);
        if (history is { Runs.IsEmpty: true, Failures.IsEmpty: false })
            return [$"its last run failed: {history.Failures.MaxBy(f => f.Facts.Order)!.Reason}"];
        if (!last.Stages.TryGetValue(match.Stage.Name.ToString(), out var before))
            return [history.Runs.IsEmpty ? "it was never built here" : lacking];
        if (before.Resolved == resolved.Reference
            || await traces.FindAsync(before.Resolved, cancellationToken).ConfigureAwait(false) is not { } old)
            return [lacking];
        var differences = Differences.Between(old, resolved.Resolved);
        return differences.IsEmpty ? [lacking] : [.. differences.Select(d => d.ToString())];
    }

    /// <summary>The same in a few words.</summary>
    public static string Briefly(ImmutableArray<string> reasons) => reasons.Length == 1 ? reasons[0]
        : $"{reasons[0]}, and {reasons.Length - 1} more {(reasons.Length == 2 ? "change" : "changes")}";
}
