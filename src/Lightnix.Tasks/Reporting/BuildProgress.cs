using Lightnix.Explaining;
using Lightnix.Running;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Shows the events of a build: at once what runs, and at the end what the build did.</summary>
/// <remarks>The terminal logger shows no message of a running task but those of <see cref="LiveLine"/>. At the end it shows a message that
/// begins <c>project -&gt; </c> as the project's own line. It may have several lines, so the last word is a part of it.</remarks>
sealed class BuildProgress(TaskLoggingHelper log, DiagnosticLog diagnostics, LiveLine? live, LastWord lastWord)
{
    /// <summary>What a plan says of each stage.</summary>
    public IEnumerable<StageReason> Planned => lastWord.Planned;

    /// <summary>Of a plan: the next run of each stage that can be resolved.</summary>
    public Dictionary<StageName, PresentRun> Present { get; } = [];

    /// <summary>What an adoption offers.</summary>
    public List<BuildEvent.Offered> Offers { get; } = [];

    public void Report(BuildEvent e)
    {
        if (e is BuildEvent.Offered offered)
            Offers.Add(offered);
        if (e is BuildEvent.Resolved { Present: { } present } resolved)
            Present[resolved.Stage] = present;
        lastWord.Add(e);
        live?.Add(e);
        if (e is BuildEvent.Diagnosed d)
        {
            diagnostics.Add(d.Diagnostic);
            return;
        }
        switch (e)
        {
            case BuildEvent.Resolved r when log.LogsMessagesOfImportance(MessageImportance.Low):
                Show(MessageImportance.Low, r.Stage, Hash("derivation", r.Derivation.Reference().ToString(), Ingredients.Of(r.Derivation)));
                Show(MessageImportance.Low, r.Stage, Hash("resolved derivation", r.Seen.Reference().ToString(), Ingredients.Of(r.Seen)));
                break;
            case BuildEvent.Started s:
                Show(MessageImportance.High, s.Stage, $"{Wording.Run(s.Replicate, s.Attempt, s.Of)} runs: {s.Reason}");
                break;
            case BuildEvent.Waiting w:
                ShowNow(w.Stage, $"waits for {w.Holder}, which {w.Does}");
                break;
            case BuildEvent.Held h:
                log.Say(MessageImportance.High, h.Text);
                break;
            case BuildEvent.Compiled { Took: { } took } c:
                ShowNow(c.Stage, $"script compiled in {Durations.Text(took)}");
                break;
            case BuildEvent.Running r:
                var line = r.LastLine.Length == 0 ? "" : $": {Visible.Cut(r.LastLine, 200)}";
                var run = Wording.Run(r.Replicate, r.Attempt);
                Show(MessageImportance.High, r.Stage, (r.IsCompiling ? $"the script of {run} is being compiled" : $"{run} is running")
                    + $", {Durations.Text(r.Elapsed)} so far{line}");
                break;
            case BuildEvent.Completed c:
                ShowNow(c.Stage, $"{Wording.Run(c.Replicate, c.Attempt)} done in {Durations.Text(c.Duration)}"
                    + Wording.Tries(c.Resumed) + Wording.Metric(c.Metric) + Wording.Broken(c.Broken));
                break;
            case BuildEvent.RunFailed f:
                ShowNow(f.Stage, $"{Wording.Run(f.Replicate, f.Attempt)} failed after {Durations.Text(f.Duration)}: {f.Reason}");
                break;
            case BuildEvent.Retried r:
                ShowNow(r.Stage, $"{Wording.Run(r.Replicate, r.Attempt)} failed on {r.Try}, and is tried again: {r.Reason}");
                break;
            case BuildEvent.Selected s:
                Show(MessageImportance.Normal, s.Stage, $"{How(s)} {s.Selection.Choice.Short}{Wording.Metric(s.Metric)}");
                break;
            case BuildEvent.Trace t:
                Show(MessageImportance.Low, t.Stage, t.Stack);
                break;
            case BuildEvent.Skipped s:
                Show(MessageImportance.High, s.Stage, $"not tried, because '{s.Because}' failed");
                break;
        }
    }

    /// <summary>Waits for the end of a build, and shows meanwhile what goes on. For the thread that MSBuild calls the task on.</summary>
    /// <param name="meanwhile">What that thread does for the build.</param>
    public T Attend<T>(Task<T> build, Action meanwhile)
    {
        while (!((IAsyncResult)build).AsyncWaitHandle.WaitOne(LiveLine.Refreshment))
        {
            meanwhile();
            live?.Refresh();
            if (live is null)
                diagnostics.Flush();
        }
        live?.Finish();
        return build.GetAwaiter().GetResult();
    }

    /// <summary>The project's line: the folder of the results, and below it what the build did, or would do.</summary>
    /// <param name="isWhole">False of a build that failed or was cancelled. One that had not begun has errors, and nothing else to
    /// say.</param>
    public void Finish(string project, string linkFolder, bool isWhole)
    {
        diagnostics.Flush();
        if (!isWhole && !lastWord.IsDue)
            return;
        var folder = $"{Path.TrimEndingDirectorySeparator(linkFolder)}{Path.DirectorySeparatorChar}";
        log.Say(MessageImportance.High, $"{project} -> {folder}{string.Concat(lastWord.Lines(isWhole).Select(l => $"\n    {l}"))}");
    }

    // The live line has it on a line of its own, and does not show ordinary messages.
    void ShowNow(StageName stage, string text)
    {
        if (live is null)
            Show(MessageImportance.High, stage, text);
        else
            live.Say($"{stage}: {text}");
    }

    void Show(MessageImportance importance, StageName stage, string text) => log.Say(importance, $"{stage}: {text}");

    // One message for each hash, so that a log viewer has one node for it.
    static string Hash(string what, string reference, IEnumerable<string> ingredients) => string.Join(
        "\n    ",
        ingredients.Select(i => i.Replace("\n", "\n        ", StringComparison.Ordinal)).Prepend($"{what} {reference} is made of"));

    static string How(BuildEvent.Selected selected)
    {
        if (selected.Selection.IsPinned)
            return "pinned";
        return selected.Ran == 0 ? "reused" : "selected";
    }
}
