using Lightnix.Explaining;
using Lightnix.Running;

namespace Lightnix.Tasks;

/// <summary>What is said at the end of a build, also of one that failed or was cancelled.</summary>
/// <param name="store">Where results are kept.</param>
sealed class LastWord(string store)
{
    const int MostLines = 20;
    const int MostNames = 8;

    // Metrics of more stages do not fit beside a count.
    const int MostMetrics = 3;

    readonly OrderedDictionary<StageName, StageReport> _stages = [];
    readonly List<BuildEvent.Planned> _planned = [];
    readonly List<string> _notes = [];

    /// <summary>True once there is something to say: stages began, or were planned.</summary>
    public bool IsDue { get; private set; }

    /// <summary>What a plan says of each stage, in the order of the project file.</summary>
    public IEnumerable<StageReason> Planned => _planned.OrderBy(p => Math.Max(_stages.IndexOf(p.Stage), 0)).Select(p => p.Plan);

    public void Add(BuildEvent e)
    {
        switch (e)
        {
            case BuildEvent.Begun b:
                IsDue = true;
                foreach (var requested in b.Stages)
                    Of(requested);
                break;
            case BuildEvent.Planned p:
                IsDue = true;
                _planned.Add(p);
                break;
            case BuildEvent.Hint h:
                _notes.Add(h.Stage is { } about ? $"{about}: {h.Text}" : h.Text);
                break;
            default:
                if (StageOf(e) is { } of)
                    Of(of).Add(e);
                break;
        }
    }

    /// <param name="isWhole">False of a build that failed or was cancelled.</param>
    public IEnumerable<string> Lines(bool isWhole) =>
        (_planned.Count > 0 ? PlannedLines() : DoneLines(isWhole)).Concat(_notes.Take(MostLines));

    static StageName? StageOf(BuildEvent e) => e switch
    {
        BuildEvent.Started s => s.Stage,
        BuildEvent.Completed c => c.Stage,
        BuildEvent.RunFailed f => f.Stage,
        BuildEvent.Selected s => s.Stage,
        BuildEvent.ChoiceChanged c => c.Stage,
        BuildEvent.GivenUp g => g.Stage,
        BuildEvent.Skipped s => s.Stage,
        _ => null,
    };

    // A stage that was not asked for follows those that were.
    StageReport Of(StageName stage)
    {
        if (!_stages.TryGetValue(stage, out var report))
            _stages.Add(stage, report = new());
        return report;
    }

    IEnumerable<(StageName Stage, StageReport Report)> Where(Func<StageReport, bool> which) =>
        _stages.Where(s => which(s.Value)).Select(s => (s.Key, s.Value));

    IEnumerable<string> PlannedLines()
    {
        var planned = Planned.ToList();
        var others = planned.Where(p => p.Action != PlannedAction.Reuse).ToList();
        var reused = planned.Where(p => p.Action == PlannedAction.Reuse).Select(p => p.Stage).ToList();
        yield return others.Count == 0
            ? $"plan of {Wording.Stages(reused.Count)}: all reused, nothing would run"
            : $"plan of {Wording.Stages(planned.Count)}: {reused.Count} reused{Names(reused)}";
        foreach (var plan in others)
            yield return string.Join("\n        ", plan.Reason.Sentences.Prepend($"{plan.Stage}: {Action(plan.Action)}"));
        foreach (var line in News(int.MaxValue))
            yield return line;
    }

    IEnumerable<string> DoneLines(bool isWhole)
    {
        if (_stages.Count == 0)
        {
            yield return "no stages: nothing to run";
            yield break;
        }
        yield return Counts(isWhole);
        foreach (var line in News(MostLines))
            yield return line;
        if (NotTried() is { } waiting)
            yield return waiting;
        if (!isWhole && _stages.Values.Any(s => s.Completed > 0 || s.HasCheckpoint))
            yield return $"what completed is kept in {store}, and the next build goes on from there";
    }

    IEnumerable<string> News(int most)
    {
        var news = Where(s => s.IsNews).ToList();
        foreach (var (stage, report) in news.Take(most))
            yield return $"{stage}: {report}";
        if (news.Count > most)
            yield return $"and {news.Count - most} more";
        if (Listed.First(MostNames, Where(s => s.IsOther).Select(s => s.Stage.ToString())) is { Length: > 0 } others)
            yield return $"other results than in the last build: {others}";
    }

    string Counts(bool isWhole)
    {
        var count = Where(s => !s.IsFollowing).Count();
        var (all, reused) = (Wording.Stages(count), Where(s => s.IsReused).ToList());
        if (isWhole && reused.Count == count)
            return $"{all}: all reused, nothing to run{Metrics()}";
        var ran = Where(s => s.IsMade).Count();
        (int Number, string What)[] counts =
        [
            (ran, "ran"),
            (reused.Count, "reused"),
            (Where(s => s.IsChosen).Count(), "chosen"),
            (Where(s => s.HasFailed).Count(), "failed"),
            (Where(s => s.IsStopped).Count(), "stopped"),
            (Where(s => s.IsUntried).Count(), "not tried"),
        ];
        // A stage that failed may have run, so "0 ran" stands only where all stages ran or were reused.
        var shown = ran + reused.Count == count ? counts[..2] : counts.Where(c => c.Number > 0);
        var runs = _stages.Values.Sum(s => s.Runs);
        var took = TimeSpan.FromTicks(_stages.Values.Sum(s => s.Took.Ticks));
        return $"{all}: {string.Join(", ", shown.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Number} {c.What}")))}"
            + (Where(s => s.HasRun).Skip(1).Any() ? $"; {Wording.Count(runs, "run")} took {Durations.Text(took)}" : "");
    }

    // People look for the metric also when nothing ran.
    string Metrics()
    {
        var measured = Where(s => s.Metric is not null).ToList();
        return measured.Count is 0 or > MostMetrics || measured.Any(s => s.Report.IsNews) ? ""
            : $" ({string.Join("; ", measured.Select(s => $"{s.Stage}: {Wording.Figures(s.Report.Metric!)}"))})";
    }

    string? NotTried()
    {
        var groups = Where(s => s.IsUntried).GroupBy(s => s.Report.WaitsFor)
            .Select(g => Listed.First(MostNames, g.Select(s => s.Stage.ToString())) + (g.Key is null ? "" : $" (waiting for {g.Key})"))
            .ToList();
        return groups.Count == 0 ? null : $"not tried: {string.Join("; ", groups)}";
    }

    // More names do not fit beside a count.
    static string Names(List<StageName> stages) => stages.Count is 0 or > MostNames ? "" : $" ({string.Join(", ", stages)})";

    static string Action(PlannedAction action) => action switch
    {
        PlannedAction.Reuse => "reuse",
        PlannedAction.Run => "run",
        PlannedAction.MayRun => "run, unless its inputs come out as they were",
        PlannedAction.Choose => "choose again",
        PlannedAction.PassOver => "no result, which choices pass over (Failed=\"Skip\")",
        PlannedAction.Fail => "fail",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };
}
