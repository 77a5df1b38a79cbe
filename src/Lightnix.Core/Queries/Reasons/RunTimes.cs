using Lightnix.Explaining;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>How many runs a plan means, and how long the last ones of these stages took.</summary>
/// <param name="Runs">As far as it is known: of stages that wait for others, as many as their matchers would want.</param>
/// <param name="Estimate">By the runs of the last selections; null where a stage has none.</param>
public sealed record RunTimes(int Runs, TimeSpan? Estimate)
{
    public static RunTimes Of(Store store, IEnumerable<StageReason> stages)
    {
        var (runs, estimate) = (0, (TimeSpan?)TimeSpan.Zero);
        foreach (var reason in stages.Where(s => s.IsOpen && s.Action != PlannedAction.Fail).Select(s => s.Reason).DistinctBy(Key))
        {
            runs += reason.Runs;
            if (reason.Runs > 0)
                estimate = MeanOf(store, reason.Former) is { } mean ? estimate + (reason.Runs * mean) : null;
        }
        return new(runs, runs == 0 ? null : estimate);
    }

    // Stages that were the same and change alike share their runs.
    static object Key(Reason reason) => reason.Former is null ? reason : CanonicalJson.ToText(reason.ToJson());

    static TimeSpan? MeanOf(Store store, Reference<Resolved>? resolved)
    {
        if (resolved is null)
            return null;
        var took = store.Records.History(resolved).Runs.Where(r => r.Adopted is null).Select(r => r.Facts.Duration.Ticks).ToList();
        return took.Count == 0 ? null : TimeSpan.FromTicks((long)took.Average());
    }
}
