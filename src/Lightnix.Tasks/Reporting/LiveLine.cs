using Lightnix.Running;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>What the terminal logger shows while stages run: a line that changes (stages that are done, a run with its replicate, its time
/// and the last line of its builder, or the process that the build waits for), and a line that stays for each run that ended.</summary>
/// <remarks>The terminal logger takes both from test runners only, and only in a project that has run a target with their name. So the
/// first refreshment with a run in progress calls that target, and the project's line says <c>test succeeded</c>. Builds without long runs
/// stay as they are. Only the thread of the task speaks to MSBuild here.</remarks>
/// <param name="project">Its name, which the terminal logger writes to the left.</param>
/// <param name="width">Of the terminal.</param>
sealed class LiveLine(IBuildEngine engine, string project, Func<int> width, TimeProvider time)
{
    /// <summary>Time between two looks at what goes on.</summary>
    public static readonly TimeSpan Refreshment = TimeSpan.FromSeconds(1);

    static readonly TimeSpan Slowest = TimeSpan.FromSeconds(10);

    // Where several runs go on, each is shown so often before the next.
    const int ShowsOfOne = 3;

    // Each message stays in a binary log: a run of hours has a thousand of them.
    const int PaceOfElapsed = 100;

    // What the terminal logger writes beside the text: indentation, blanks, and a time of hours in seconds.
    const int Frame = 16;

    readonly Lock _lock = new();
    readonly List<Ongoing> _running = [];
    readonly Queue<string> _ended = new();
    readonly HashSet<StageName> _done = [];
    readonly SortedDictionary<StageName, string> _waits = [];
    string? _held;
    int _all;
    int _turn;
    bool _isOn;
    string _shown = "";
    long _shownAt;

    public void Add(BuildEvent e)
    {
        lock (_lock)
        {
            _held = (e as BuildEvent.Held)?.Text;
            switch (e)
            {
                case BuildEvent.Waiting w:
                    _waits[w.Stage] = $"{w.Stage} waits for {w.Holder}, which {w.Does}";
                    break;
                case BuildEvent.Begun b:
                    _all = b.Stages.Length;
                    break;
                case BuildEvent.Started s:
                    _waits.Remove(s.Stage);
                    _running.Add(new(s, time.GetTimestamp()));
                    break;
                case BuildEvent.Completed c:
                    End(c.Stage, c.Replicate, c.Attempt);
                    break;
                case BuildEvent.RunFailed f:
                    End(f.Stage, f.Replicate, f.Attempt);
                    break;
                case BuildEvent.Compiling c when Find(c.Stage, c.Replicate, c.Attempt) is { } run:
                    run.CompilingSince = time.GetTimestamp();
                    break;
                case BuildEvent.Compiled c when Find(c.Stage, c.Replicate, c.Attempt) is { CompilingSince: { } since } run:
                    (run.Since, run.CompilingSince) = (run.Since + time.GetTimestamp() - since, null);
                    break;
                case BuildEvent.Selected s:
                    _waits.Remove(s.Stage);
                    _done.Add(s.Stage);
                    break;
            }
        }
    }

    /// <summary>A line that stays. It waits for the next refreshment.</summary>
    public void Say(string line)
    {
        lock (_lock)
            _ended.Enqueue(line);
    }

    /// <summary>Shows what goes on now, once there is a run that lasts.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            var wait = _running.Count > 0 ? null : _held ?? _waits.Values.FirstOrDefault();
            if (!_isOn && _running.Count == 0 && wait is null)
                return;
            if (!_isOn)
                engine.BuildProjectFile(null, ["_TestRunStart"], null, null);
            _isOn = true;
            Finish();
            if (wait is not null)
                Show(wait);
            if (_running.Count == 0)
                return;
            var longest = time.GetElapsedTime(_running[0].Since);
            var pause = longest / PaceOfElapsed;
            if (_shown.Length > 0 && time.GetElapsedTime(_shownAt) < (pause < Slowest ? pause : Slowest))
                return;
            Show(Text(_running[_turn++ / ShowsOfOne % _running.Count]));
        }
    }

    /// <summary>Shows the lines that wait.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            while (_isOn && _ended.TryDequeue(out var line))
                engine.LogMessageEvent(new ExtendedBuildMessageEventArgs("TLTESTOUTPUT", $"  {Visible.Lines(line)}", null,
                    nameof(LiveLine), MessageImportance.High));
        }
    }

    void Show(string line)
    {
        var done = string.Create(CultureInfo.InvariantCulture, $"{_done.Count}/{_all}");
        var text = Columns.Cut(Visible.Text(line), Math.Max(width() - Frame - Columns.Of(project) - done.Length, 1));
        if (text == _shown)
            return;
        (_shown, _shownAt) = (text, time.GetTimestamp());
        engine.LogMessageEvent(new ExtendedBuildMessageEventArgs(
            "TLTESTPASSED", $"{done} {text}", null, nameof(LiveLine), MessageImportance.High)
        {
            ExtendedMetadata = new Dictionary<string, string?> { ["localizedResult"] = done, ["displayName"] = text },
        });
    }

    string Text(Ongoing run)
    {
        var s = run.Started;
        var others = _running.Count > 1 ? $" (+{_running.Count - 1})" : "";
        var elapsed = Durations.Whole(time.GetElapsedTime(run.Since));
        var line = run.CompilingSince is null ? s.LastLine() : "its script is being compiled";
        return $"{s.Stage}{Number(s)}{others} {elapsed}{(line.Length == 0 ? "" : $": {line}")}";
    }

    // One replicate of one is no news.
    static string Number(BuildEvent.Started s) => (s.Replicate, s.Of) switch
    {
        ( > 1, _) when s.Replicate > s.Of => $" replicate {s.Replicate}",
        (_, > 1) => $" {s.Replicate}/{s.Of}",
        _ => "",
    };

    void End(StageName stage, int replicate, int attempt) => _running.RemoveAll(r => r.Is(stage, replicate, attempt));

    Ongoing? Find(StageName stage, int replicate, int attempt) => _running.Find(r => r.Is(stage, replicate, attempt));

    sealed class Ongoing(BuildEvent.Started started, long since)
    {
        public BuildEvent.Started Started => started;

        /// <summary>When the run began, later by the time in which its script was compiled.</summary>
        public long Since { get; set; } = since;

        public long? CompilingSince { get; set; }

        public bool Is(StageName stage, int replicate, int attempt) =>
            started.Stage == stage && started.Replicate == replicate && started.Attempt == attempt;
    }
}
