using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>What became of a run that went on.</summary>
/// <param name="State"><c>completed</c>, <c>failed</c>, or <c>interrupted</c>: then nothing is recorded.</param>
/// <param name="Facts">As recorded; null where nothing is.</param>
public sealed record EndedRun(string State, RunFacts? Facts)
{
    public const string Completed = "completed";

    /// <param name="activity">Has ended.</param>
    public static EndedRun Of(Store store, Activity activity)
    {
        var history = store.Records.History(activity.Resolved);
        if (history.Runs.Where(r => r.Adopted is null).Select(r => r.Facts).FirstOrDefault(IsIt) is { } run)
            return new(Completed, run);
        return history.Failures.Select(f => f.Facts).FirstOrDefault(IsIt) is { } failed ? new("failed", failed) : new("interrupted", null);

        // The time of a compilation is taken from the start of a recorded run, and another process may have made the run.
        bool IsIt(RunFacts facts) =>
            facts.Replicate == activity.Replicate && facts.Attempt == activity.Attempt && facts.End >= activity.Start;
    }
}
