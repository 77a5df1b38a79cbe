using Lightnix.Running;

namespace Lightnix.Tasks;

/// <summary>What a build did with one stage.</summary>
sealed class StageReport
{
    int _broken, _failed;
    bool _hasStarted, _hasCheckpoint;
    BuildEvent.Selected? _selected;
    BuildEvent.ChoiceChanged? _changed;
    string? _metricOfRun;

    /// <summary>The stage that it waited for in vain; null where it was tried.</summary>
    public StageName? WaitsFor { get; private set; }

    public bool HasFailed { get; private set; }
    public bool HasRun => Runs > 0;

    /// <summary>Runs that ended.</summary>
    public int Runs => Completed + _failed;

    public int Completed { get; private set; }

    /// <summary>Of its runs, together.</summary>
    public TimeSpan Took { get; private set; }

    public bool IsReused => _selected is { Ran: 0, IsNew: false };

    /// <summary>True of a choice (From) that this build made, or made otherwise than the last one.</summary>
    public bool IsChosen => _selected is { IsNew: true };

    /// <summary>True of a stage that was not asked for, and whose choice follows others.</summary>
    public bool IsFollowing => _selected is null && _changed is not null;

    public bool IsMade => _selected is { Ran: > 0 };

    /// <summary>True of a stage that was not settled and has begun: the build was cancelled.</summary>
    public bool IsStopped => _selected is null && !HasFailed && WaitsFor is null && _hasStarted;

    /// <summary>True of a stage that was stopped, and that goes on from its checkpoint.</summary>
    public bool HasCheckpoint => IsStopped && _hasCheckpoint;

    public bool IsUntried => _selected is null && _changed is null && !HasFailed && !_hasStarted;

    /// <summary>True if people want to read about it.</summary>
    public bool IsNews => IsMade || IsChosen || HasFailed || IsStopped || IsNewChoice;

    /// <summary>True of another result about which nothing else can be said.</summary>
    public bool IsOther => !IsNews && _changed is not null;

    // Which stage won is news also without a metric.
    bool IsNewChoice => _changed is { New.Matcher.Metric: not null } or { New.Choice.IsAmongStages: true };

    /// <summary>Its metric, where it has one.</summary>
    public string? Metric => _selected?.Metric;

    public void Add(BuildEvent e)
    {
        switch (e)
        {
            case BuildEvent.Started s:
                (_hasStarted, _hasCheckpoint) = (true, s.HasCheckpoint);
                break;
            case BuildEvent.Completed c:
                (Completed, Took, _metricOfRun) = (Completed + 1, Took + c.Duration, c.Metric);
                _broken += c.Broken > 0 ? 1 : 0;
                break;
            case BuildEvent.RunFailed f:
                (_failed, Took) = (_failed + 1, Took + f.Duration);
                break;
            case BuildEvent.Selected s:
                _selected = s;
                break;
            case BuildEvent.ChoiceChanged c:
                _changed = c;
                break;
            case BuildEvent.GivenUp:
                HasFailed = true;
                break;
            case BuildEvent.Skipped s:
                WaitsFor = s.Because;
                break;
        }
    }

    // A stage without a metric may be measured by the choice that names it.
    string? OfOneRun => IsMade && Runs == 1 && _selected!.Candidates == 1 ? _metricOfRun : null;

    string? State => (HasFailed, IsStopped) switch
    {
        (true, _) => "failed",
        (_, true) => "stopped",
        _ => null,
    };

    string RunsMade
    {
        get
        {
            var runs = Wording.Count(Runs, "run");
            if (_failed > 0)
                return $"{runs} ({Completed} completed)";
            if (!HasFailed || _broken < Runs)
                return runs;
            return Runs == 1 ? $"{runs}, which broke a promise" : $"{runs}, which all broke a promise";
        }
    }

    public override string ToString()
    {
        var parts = new List<string>();
        if (HasRun)
            parts.Add($"{(State is null ? "" : $"{State} after ")}{RunsMade}, {Durations.Text(Took)}");
        else if (State is not null)
            parts.Add(State);
        else if (IsMade && _selected!.MadeBy is { } other)
            parts.Add($"the {(_selected.Ran == 1 ? "run" : "runs")} of {other}");
        if (HasCheckpoint)
            parts.Add("its checkpoint is kept");
        if (IsChosen && _changed is null)
            parts.Add($"{Wording.Winners(_selected!.Selection)} won");
        if (IsNewChoice)
            parts.Add(Wording.Change(_changed!));
        else if ((_selected?.Metric ?? OfOneRun) is { } metric)
            parts.Add(Wording.Figures(metric));
        if (IsMade && _selected!.Candidates > 1)
            parts.Add($"chosen from {_selected.Candidates}");
        return string.Join(", ", parts);
    }
}
