namespace Lightnix.Cli;

/// <summary>How long each run took, by stage or matrix.</summary>
static class DurationPlot
{
    // More rows are no picture: the tables have all.
    const int MostRows = 20;

    public static Plot Of(IEnumerable<RunGroup> groups)
    {
        var all = groups.Select(g => (g.Name, Runs: g.Rows.SelectMany(r => r.Configuration.Runs).Where(r => r.Run.Adopted is null)
            .Select(r => (r.Run.Facts.Replicate, Took: StagesSection.Took(r.Run.Facts))).ToArray())).Where(g => g.Runs.Length > 0)
            .OrderByDescending(g => g.Runs.Max(r => r.Took)).ToArray();
        var (unit, seconds) = Unit(all.Select(g => g.Runs.Max(r => r.Took)).FirstOrDefault());
        var values = all.Take(MostRows).SelectMany(g => g.Runs.Select(r => JsonValue.Object.Empty.With("stage", g.Name)
            .With("took", VegaLite.Number(Math.Round(r.Took.TotalSeconds / seconds, 4))).With("replicate", r.Replicate)));
        var left = all.Length > MostRows ? string.Create(CultureInfo.InvariantCulture, $" The {MostRows} longest of {all.Length}.") : "";
        return new(
            "durations",
            $"Duration: a point is a run, in {unit}.{left} The tables of runs have the numbers.",
            VegaLite.Layers(
                "Duration of each run, by stage", Math.Min(all.Length, MostRows),
                VegaLite.Layer(VegaLite.Data(values, "took"), VegaLite.MarkWithTooltip("point", "run"),
                    ("x", VegaLite.Quantitative("took", unit, fromZero: true)), ("y", VegaLite.Nominal("stage", null)))));
    }

    static (string Name, double Seconds) Unit(TimeSpan longest) => longest switch
    {
        { TotalHours: >= 2 } => ("hours", 3600),
        { TotalMinutes: >= 2 } => ("minutes", 60),
        _ => ("seconds", 1),
    };
}
