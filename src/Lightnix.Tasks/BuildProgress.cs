using Lightnix.Explaining;
using Lightnix.Model;
using Lightnix.Running;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Shows what a build tells: what runs at once and for everybody, what is reused only to those who ask for more, and all that ran again at the end.</summary>
/// <remarks>
/// The terminal logger shows neither messages of a task while it runs nor what was done, except for one: a message that begins
/// <c>project -&gt; </c> becomes the project's own line when it has succeeded. It may have several lines, so the summary is in it.
/// </remarks>
sealed class BuildProgress(TaskLoggingHelper log, DiagnosticLog diagnostics)
{
    /// <summary>More lines than this, and nobody reads them.</summary>
    const int MaxLines = 20;

    /// <summary>More names than this do not fit beside a count.</summary>
    const int MaxNames = 8;

    readonly Dictionary<StageName, StageSummary> _stages = [];
    readonly List<BuildEvent.Planned> _planned = [];
    readonly List<string> _notes = [];

    public void Tell(BuildEvent e)
    {
        switch (e)
        {
            case BuildEvent.Diagnosed d:
                diagnostics.Show(d.Diagnostic);
                break;
            case BuildEvent.Resolved r when log.LogsMessagesOfImportance(MessageImportance.Low):
                Say(MessageImportance.Low, r.Stage, Hash("derivation", r.Derivation.Reference().ToString(), Ingredients.Of(r.Derivation)));
                Say(MessageImportance.Low, r.Stage, Hash("resolved derivation", r.Seen.Reference().ToString(), Ingredients.Of(r.Seen)));
                break;
            case BuildEvent.Started s:
                Say(MessageImportance.High, s.Stage, $"{Number(s.Replicate, s.Attempt)} runs: {s.Reason}");
                break;
            case BuildEvent.Waiting w:
                Say(MessageImportance.High, w.Stage, $"waits for {w.Holder}, which {w.Does}");
                break;
            case BuildEvent.Running r:
                Say(MessageImportance.High, r.Stage, $"{Number(r.Replicate, 1)} is running, {Durations.Say(r.Elapsed)} so far");
                break;
            case BuildEvent.Completed c:
                Summary(c.Stage).Took += c.Duration;
                Say(MessageImportance.High, c.Stage, $"{Number(c.Replicate, c.Attempt)} done in {Durations.Say(c.Duration)}{Metric(c.Metric)}{Broken(c.Broken)}");
                break;
            case BuildEvent.RunFailed f:
                Say(MessageImportance.High, f.Stage, $"{Number(f.Replicate, f.Attempt)} failed after {Durations.Say(f.Duration)}: {f.Reason}");
                break;
            case BuildEvent.Retried r:
                Say(MessageImportance.High, r.Stage, $"{Number(r.Replicate, r.Attempt)} failed on {r.Try}, and is tried again: {r.Reason}");
                break;
            case BuildEvent.Selected s:
                Summary(s.Stage).Selected = s;
                Say(MessageImportance.Normal, s.Stage, $"{(s.Selection.IsPinned ? "pinned" : s.Ran == 0 ? "reused" : "selected")} {s.Selection.Choice.Short}{Metric(s.Metric)}");
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
                Say(MessageImportance.Low, t.Stage, t.Stack);
                break;
            case BuildEvent.Skipped s:
                Say(MessageImportance.High, s.Stage, $"not tried, because '{s.Because}' failed");
                break;
            case BuildEvent.Planned p:
                _planned.Add(p);
                Say(MessageImportance.High, p.Stage, string.Join("\n    ", p.Why.Prepend(Action(p.Action))));
                break;
        }
    }

    /// <summary>The project's line: where the results are, and below it what was done for them, or would be.</summary>
    public void Finish(string project, string linkFolder) =>
        log.Say(MessageImportance.High, $"{project} -> {Path.TrimEndingDirectorySeparator(linkFolder)}{Path.DirectorySeparatorChar}{string.Concat(Lines().Select(l => $"\n    {l}"))}");

    IEnumerable<string> Lines() => _planned.Count > 0 ? PlannedLines() : _stages.Count > 0 ? DoneLines() : ["no stages: nothing to run"];

    IEnumerable<string> PlannedLines()
    {
        var others = _planned.Where(p => p.Action != PlannedAction.Reuse).ToList();
        var reused = _planned.Where(p => p.Action == PlannedAction.Reuse).Select(p => p.Stage).ToList();
        yield return others.Count == 0 ? $"plan of {Stages(reused.Count)} all reused, nothing would run" : $"plan of {Stages(_planned.Count)} {reused.Count} reused{Names(reused)}";
        foreach (var planned in others.Take(MaxLines))
            yield return string.Join("\n        ", planned.Why.Prepend($"{planned.Stage}: {Action(planned.Action)}"));
        if (others.Count > MaxLines)
            yield return $"and {others.Count - MaxLines} more";
    }

    IEnumerable<string> DoneLines()
    {
        var ran = _stages.Where(s => s.Value.Selected is { Ran: > 0 }).ToList();
        var reused = _stages.Where(s => s.Value.Selected is { Ran: 0 }).ToList();
        yield return ran.Count == 0 ? $"{Stages(reused.Count)} all reused, nothing to run{Metrics(reused)}" : $"{Stages(_stages.Count)} {ran.Count} ran, {reused.Count} reused{Names([.. reused.Select(s => s.Key)])}";
        foreach (var (stage, summary) in ran.Take(MaxLines))
            yield return $"{stage}: {summary}";
        if (ran.Count > MaxLines)
            yield return $"and {ran.Count - MaxLines} more";
        foreach (var note in _notes.Take(MaxLines))
            yield return note;
    }

    static string Stages(int count) => count == 1 ? "1 stage:" : $"{count} stages:";

    static string Names(List<StageName> stages) => stages.Count is 0 or > MaxNames ? "" : $" ({string.Join(", ", stages)})";

    /// <summary>What decided, also when nobody ran: it is what people look for.</summary>
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
        Say(MessageImportance.High, stage, text);
        _notes.Add($"{stage}: {text}");
    }

    void Say(MessageImportance importance, StageName stage, string text) => log.Say(importance, $"{stage}: {text}");

    // One message each: a log viewer has one node of it.
    static string Hash(string what, string reference, IEnumerable<string> ingredients) =>
        string.Join("\n    ", ingredients.Select(i => i.Replace("\n", "\n        ", StringComparison.Ordinal)).Prepend($"{what} {reference} is made of"));

    static string Number(int replicate, int attempt) => attempt > 1 ? $"replicate {replicate}, attempt {attempt}" : $"replicate {replicate}";

    static string Metric(string? metric) => metric is null ? "" : $", {Visible.Cut(metric, 200)}";

    static string Broken(int promises) => promises switch
    {
        0 => "",
        1 => ", and breaks a promise",
        _ => $", and breaks {promises} promises",
    };

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

        public override string ToString() => Selected is { } s
            ? $"{(s.Ran == 1 ? "1 run" : $"{s.Ran} runs")}, {Durations.Say(Took)}{Metric(s.Metric)}{(s.Candidates > 1 ? $", chosen from {s.Candidates}" : "")}"
            : "";
    }
}
