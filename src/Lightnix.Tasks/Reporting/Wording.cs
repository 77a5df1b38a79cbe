using Lightnix.Running;

namespace Lightnix.Tasks;

/// <summary>Parts of sentences about runs and stages.</summary>
static class Wording
{
    const int LongestMetric = 200;

    public static string Stages(int count) => Count(count, "stage");

    public static string Count(int count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");

    /// <summary><c>replicate 3 of 5</c>.</summary>
    public static string Run(int replicate, int attempt, int of = 1)
    {
        var number = of > 1 && replicate <= of ? $"replicate {replicate} of {of}" : $"replicate {replicate}";
        return attempt > 1 ? $"{number}, attempt {attempt}" : number;
    }

    /// <summary>A metric with its number, as long as a line can hold.</summary>
    public static string Figures(string metric) => Visible.Cut(metric, LongestMetric);

    /// <summary>With a comma before it; empty where there is none.</summary>
    public static string Metric(string? metric) => metric is null ? "" : $", {Figures(metric)}";

    /// <summary>Of a run that went on from a checkpoint: how long all its tries took. Else empty.</summary>
    public static string Tries(Resumption? resumed) => resumed is null ? ""
        : string.Create(CultureInfo.InvariantCulture, $" ({Durations.Text(resumed.Duration)} with all {resumed.Tries} tries)");

    public static string Broken(int promises) => promises switch
    {
        0 => "",
        1 => ", and breaks a promise",
        _ => $", and breaks {promises} promises",
    };

    /// <summary>The stages whose results a choice took.</summary>
    public static string Winners(Selection choice) =>
        Listed.First(3, choice.Results.Select(r => r.Winner!.Stage).Distinct().Select(stage => $"{stage}"));

    /// <summary>As <c>accuracy.txt 0.9619 → 0.9905 (replicate 3; parameter rate 0.1 → 0.05)</c>.</summary>
    public static string Change(BuildEvent.ChoiceChanged changed)
    {
        var causes = changed.Causes.IsEmpty ? "" : $" ({string.Join("; ", changed.Causes)})";
        return $"{Difference(changed)}{causes}";
    }

    static string Difference(BuildEvent.ChoiceChanged changed)
    {
        var (old, now) = (changed.Old.Results[0].Metric, changed.New.Results[0].Metric);
        var metric = changed.New.Matcher.Metric;
        if (metric is null || old is null || now is null || metric != changed.Old.Matcher.Metric)
            return metric is null || now is null ? "another result is chosen" : $"another result is chosen: {metric.With(now)}";
        var (before, after) = Figure.Pair(old, now);
        return before == after ? $"another result is chosen, {metric} is {after} as before" : $"{metric} {before} → {after}";
    }
}
