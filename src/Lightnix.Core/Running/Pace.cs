namespace Lightnix.Running;

/// <summary>When a run that takes long is reported: after 10 s, 30 s, 1 min and 5 min, and then every 10 min.</summary>
static class Pace
{
    static readonly TimeSpan Last = TimeSpan.FromMinutes(10);
    static readonly ImmutableArray<TimeSpan> First =
        [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    /// <summary>The first of these moments that is later.</summary>
    public static TimeSpan After(TimeSpan elapsed)
    {
        foreach (var moment in First)
        {
            if (moment > elapsed)
                return moment;
        }
        return Last * (Math.Floor(elapsed / Last) + 1);
    }
}
