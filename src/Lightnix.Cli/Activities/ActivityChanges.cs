using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Notices what begins, waits, goes on and ends in a store.</summary>
sealed class ActivityChanges(Store store)
{
    ImmutableArray<Activity> _last = [];

    /// <summary>What changed since the last look.</summary>
    public ImmutableArray<(string Change, Activity Activity)> Since(ImmutableArray<Activity> now)
    {
        var before = _last.ToLookup(ActivityText.Key);
        var keys = now.Select(ActivityText.Key).ToHashSet();
        var ended = _last.Where(a => !keys.Contains(ActivityText.Key(a))).Select(a => (EndedRun.Of(store, a).State, a));
        var changed = now.Select(a => (Change(before[ActivityText.Key(a)].FirstOrDefault(), a), a)).Where(c => c.Item1.Length > 0);
        _last = now;
        return [.. ended, .. changed];
    }

    static string Change(Activity? before, Activity now) => (before, now.Waiting) switch
    {
        (null, null) => "began",
        (null, _) => "waits",
        _ when before.Waiting == now.Waiting => "",
        (_, null) => "goes on",
        _ => "waits",
    };
}
