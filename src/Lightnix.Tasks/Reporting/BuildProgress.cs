using Lightnix.Explaining;
using Lightnix.Running;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Shows the events of a build: what runs at once and to everybody, what is reused only to those who ask for more, and a summary
/// at the end.</summary>
/// <remarks>The terminal logger shows no message of a running task. One message it shows after a success: a message that begins <c>project
/// -&gt; </c> becomes the project's own line. It may have several lines, so the summary is a part of it.</remarks>
sealed class BuildProgress(TaskLoggingHelper log, DiagnosticLog diagnostics)
{
    const int MaxLines = 20;
    const int MaxNames = 8;
    readonly Dictionary<StageName, StageSummary> _stages = [];
    readonly List<BuildEvent.Planned> _planned = [];
    readonly List<string> _notes = [];

    public void Report(BuildEvent e)
    {
        switch (e)
        {
            case BuildEvent.Diagnosed d:
                diagnostics.Show(d.Diagnostic);
                break;
            case BuildEvent.Resolved r when log.LogsMessagesOfImportance(MessageImportance.Low):
                Show(MessageImportance.Low, r.Stage, Hash("derivation", r.Derivation.Reference().ToString(), Ingredients.Of(r.Derivation)));
                Show(MessageImportance.Low, r.Stage, Hash("resolved derivation", r.Seen.Reference().ToString(), Ingredients.Of(r.Seen)));
                break;
            case BuildEvent.Started s:
                Show(MessageImportance.High, s.Stage, $"{Number(s.Replicate, s.Attempt)} runs: {s.Reason}");
                break;
            case BuildEvent.Waiting w:
                Show(MessageImportance.High, w.Stage, $"waits for {w.Holder}, which {w.Does}");
                break;
            case BuildEvent.Compiling { Took: { } took } c:
                Show(MessageImportance.High, c.Stage, $"script compiled in {Durations.Text(took)}");
                break;
            case BuildEvent.Running r:
                Show(MessageImportance.High, r.Stage, $"{Number(r.Replicate, 1)} is running, {Durations.Text(r.Elapsed)} so far");
                break;
            case BuildEvent.Completed c:
                Summary(c.Stage).Took += c.Duration;
                Show(MessageImportance.High, c.Stage,
                    $"{Number(c.Replicate, c.Attempt)} done in {Durations.Text(c.Duration)}{Metric(c.Metric)}{Broken(c.Broken)}");
                break;
            case BuildEvent.RunFailed f:
                Show(MessageImportance.High, f.Stage,
                    $"{Number(f.Replicate, f.Attempt)} failed after {Durations.Text(f.Duration)}: {f.Reason}");
                break;
            case BuildEvent.Retried r:
                Show(MessageImportance.High, r.Stage,
                    $"{Number(r.Replicate, r.Attempt)} failed on {r.Try}, and is tried again: {r.Reason}");
                break;
            case BuildEvent.Selected s:
                Summary(s.Stage).Selected = s;
                Show(MessageImportance.Normal, s.Stage, $"{How(s)} {s.Selection.Choice.Short}{Metric(s.Metric)}");
                break;
            case BuildEvent.ChoiceChanged c:
                Note(c.Stage, $"the choice changed from {c.Old.Choice.Short} to {c.New.Choice.Short}: {c.Cause}");
                break;
            case BuildEvent.Hint { Stage: { } stage } h:
                Note(stage, h.Text);
                break;
            case BuildEvent.Hint h:
                log.Say(MessageImportance.High, h.Text);
                _notes.Add(h.Text);
                break;
            case BuildEvent.Trace t:
                Show(MessageImportance.Low, t.Stage, t.Stack);
                break;
            case BuildEvent.Skipped s:
                Show(MessageImportance.High, s.Stage, $"not tried, because '{s.Because}' failed");
                break;
            case BuildEvent.Planned p:
                _planned.Add(p);
                Show(MessageImportance.High, p.Stage, string.Join("\n    ", p.Why.Prepend(Action(p.Action))));
                break;
        }
    }

    /// <summary>The project's line: the folder of the results, and below it what the build did, or would do.</summary>
    public void Finish(string project, string linkFolder)
    {
        var folder = $"{Path.TrimEndingDirectorySeparator(linkFolder)}{Path.DirectorySeparatorChar}";
        log.Say(MessageImportance.High, $"{project} -> {folder}{string.Concat(Lines().Select(l => $"\n    {l}"))}");
    }

    IEnumerable<string> Lines()
    {
        if (_planned.Count > 0)
            return PlannedLines();
        return _stages.Count > 0 ? DoneLines() : ["no stages: nothing to run"];
    }

    IEnumerable<string> PlannedLines()
    {
        var others = _planned.Where(p => p.Action != PlannedAction.Reuse).ToList();
        var reused = _planned.Where(p => p.Action == PlannedAction.Reuse).Select(p => p.Stage).ToList();
        yield return others.Count == 0
            ? $"plan of {Stages(reused.Count)} all reused, nothing would run"
            : $"plan of {Stages(_planned.Count)} {reused.Count} reused{Names(reused)}";
        foreach (var planned in others.Take(MaxLines))
            yield return string.Join("\n        ", planned.Why.Prepend($"{planned.Stage}: {Action(planned.Action)}"));
        if (others.Count > MaxLines)
            yield return $"and {others.Count - MaxLines} more";
    }

    IEnumerable<string> DoneLines()
    {
        var ran = _stages.Where(s => s.Value.Selected is { Ran: > 0 }).ToList();
        var reused = _stages.Where(s => s.Value.Selected is { Ran: 0 }).ToList();
        yield return ran.Count == 0
            ? $"{Stages(reused.Count)} all reused, nothing to run{Metrics(reused)}"
            : $"{Stages(_stages.Count)} {ran.Count} ran, {reused.Count} reused{Names([.. reused.Select(s => s.Key)])}";
        foreach (var (stage, summary) in ran.Take(MaxLines))
            yield return $"{stage}: {summary}";
        if (ran.Count > MaxLines)
            yield return $"and {ran.Count - MaxLines} more";
        foreach (var note in _notes.Take(MaxLines))
            yield return note;
    }

    static string Stages(int count) => count == 1 ? "1 stage:" : $"{count} stages:";

    // More names do not fit beside a count.
    static string Names(List<StageName> stages) => stages.Count is 0 or > MaxNames ? "" : $" ({string.Join(", ", stages)})";

    // People look for the metric also when nothing ran.
    static string Metrics(List<KeyValuePair<StageName, StageSummary>> stages)
    {
        var measured = stages.Where(s => s.Value.Selected?.Metric is not null).Select(s => $"{s.Key}: {s.Value.Selected!.Metric}").ToList();
        return measured.Count is 0 or > MaxNames ? "" : $" ({string.Join("; ", measured)})";
    }

    StageSummary Summary(StageName stage)
    {
        if (!_stages.TryGetValue(stage, out var summary))
            _stages.Add(stage, summary = new());
        return summary;
    }

    void Note(StageName stage, string text)
    {
        Show(MessageImportance.High, stage, text);
        _notes.Add($"{stage}: {text}");
    }

    void Show(MessageImportance importance, StageName stage, string text) => log.Say(importance, $"{stage}: {text}");

    // One message for each hash, so that a log viewer has one node for it.
    static string Hash(string what, string reference, IEnumerable<string> ingredients) => string.Join(
        "\n    ",
        ingredients.Select(i => i.Replace("\n", "\n        ", StringComparison.Ordinal)).Prepend($"{what} {reference} is made of"));

    static string Number(int replicate, int attempt) =>
        attempt > 1 ? $"replicate {replicate}, attempt {attempt}" : $"replicate {replicate}";

    static string Metric(string? metric) => metric is null ? "" : $", {Visible.Cut(metric, 200)}";

    static string Broken(int promises) => promises switch
    {
        0 => "",
        1 => ", and breaks a promise",
        _ => $", and breaks {promises} promises",
    };

    static string How(BuildEvent.Selected selected)
    {
        if (selected.Selection.IsPinned)
            return "pinned";
        return selected.Ran == 0 ? "reused" : "selected";
    }

    static string Action(PlannedAction action) => action switch
    {
        PlannedAction.Reuse => "reuse",
        PlannedAction.Run => "run",
        PlannedAction.MayRun => "run, unless its inputs come out as they were",
        PlannedAction.Fail => "fail",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    /// <summary>What a build did for one stage.</summary>
    sealed class StageSummary
    {
        public TimeSpan Took { get; set; }
        public BuildEvent.Selected? Selected { get; set; }

        public override string ToString()
        {
            if (Selected is not { } s)
                return "";
            var chosen = s.Candidates > 1 ? $", chosen from {s.Candidates}" : "";
            return $"{(s.Ran == 1 ? "1 run" : $"{s.Ran} runs")}, {Durations.Text(Took)}{Metric(s.Metric)}{chosen}";
        }
    }
}
