using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>What a build did about one stage.</summary>
sealed record HistoryStep(RememberedBuild Of, string Stage)
{
    public PastBuild Build => Of.Build!;

    public RunsMade Ran => Build.Ran.GetValueOrDefault(Stage) ?? new(0, 0);

    /// <summary>True if the build changed the choice.</summary>
    public bool IsShift => Build.Shifts.ContainsKey(Stage);

    /// <summary>True if the build could not choose for it.</summary>
    public bool IsFailed => Build.Failed.Contains(Stage, StringComparer.OrdinalIgnoreCase);

    /// <summary>What was chosen before and after it; null: nothing.</summary>
    public Selection? Before => Of.Before(Stage);

    /// <inheritdoc cref="Before"/>
    public Selection? Now => Of.Chosen.GetValueOrDefault(Stage);

    /// <summary>As <c>5 runs, 1 failed</c>; empty where nothing ran.</summary>
    public string RanText => string.Join(", ", new[]
    {
        Ran.Completed == 0 ? "" : FormattableString.Invariant($"{Ran.Completed} {(Ran.Completed == 1 ? "run" : "runs")}"),
        Ran.Failed == 0 ? "" : FormattableString.Invariant($"{Ran.Failed} failed"),
    }.Where(t => t.Length > 0));

    /// <summary>What was chosen, as <c>3f2a…</c>; empty where the choice is the same.</summary>
    public string ChoiceText
    {
        get
        {
            if (IsFailed)
                return "failed: none could be chosen";
            if (!IsShift)
                return "";
            return Now is null ? "none" : string.Join(' ', Now.Results.Select(r => Cell.Of(r.Realization)));
        }
    }

    /// <summary>As <c>0.951 → 0.962</c>.</summary>
    public string MetricText
    {
        get
        {
            var (before, now) = (Metric(Before), Metric(Now));
            // The last good one is not of this build.
            if (IsFailed)
                return "";
            if (now is null || before is null || !IsShift)
                return Cell.Number(now);
            var pair = Figure.Pair(before, now);
            return $"{pair.Before} → {pair.Now}";
        }
    }

    static string? Metric(Selection? selection) => selection?.Results[0].Metric;
}
