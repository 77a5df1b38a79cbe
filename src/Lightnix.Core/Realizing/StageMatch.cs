using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Promises;

namespace Lightnix.Realizing;

/// <summary>The last decision about one stage in a build, with what it was made from.</summary>
/// <param name="Failures">Of runs of this build that were made for the stage; if there are none, one that names another stage with the same
/// runs.</param>
/// <param name="Made">Runs that this build made.</param>
public sealed record StageMatch(
    GroupMember Member, ImmutableArray<Judged> Candidates, ChooserDecision Decided, ImmutableArray<Diagnostic> Failures,
        ImmutableArray<Run> Made)
{
    /// <summary>Promised files that runs of this build wrote into their working folders, and not into their outputs.</summary>
    public ImmutableHashSet<RelativePath> Misplaced { get; init; } = [];

    /// <summary>Runs that the matcher wants and that are not made, because the builder failed too often in this build.</summary>
    public int NotStarted { get; init; }

    /// <summary>Runs of this build that failed, those for other stages with the same runs included.</summary>
    public int Failed { get; init; }

    /// <summary>The first stage for which these runs were made; null where there are none.</summary>
    public StageName? MadeBy { get; init; }

    /// <summary>True in a plan, if a build would make runs for this stage.</summary>
    public bool Foreseen { get; init; }

    /// <summary>Inputs whose bytes a run needs, and which are not here; then nothing was run.</summary>
    public ImmutableArray<StageName> AbsentInputs { get; init; } = [];

    public PlannedStage Stage => Member.Stage;
    public Decision Decision => Decided.Decision;

    /// <summary>The candidates of a selection, in its order.</summary>
    public IEnumerable<Judged> Chosen(Decision.Selected selected) =>
        selected.Realizations.Select(r => Candidates.Single(c => c.Candidate.Realization == r));

    /// <summary>The candidates whose broken promises and rejections matter, if nothing is chosen.</summary>
    public IEnumerable<Judged> Wanted
    {
        get
        {
            var all = Matching.Candidates.Of(Stage.Matcher, Candidates.Select(c => c.Candidate), ImmutableHashSet<NextRun>.Empty);
            return Candidates.Where(c => !c.Candidate.IsRepeat && MatcherKinds.Of(Stage.Matcher).Wants(all, c.Candidate));
        }
    }

    /// <summary>The choice, as a root keeps it.</summary>
    public Selection ToSelection(Decision.Selected selected) => new(
        new(Stage.Reference, [.. Chosen(selected).Select(Result)], Stage.Matcher.IsPlural),
        Stage.Matcher,
        PromiseKey.Of(Stage.Promises),
        Candidates.Where(c => !c.Candidate.IsRepeat).SelectMany(c => c.Candidate.Runs).Max(r => r.Order))
    {
        Demands = Stage.Demands,
        Reads = [.. Stage.Promises.Where(p => !p.IsDecidedByListing).Select(p => p.Path).Distinct().Order()],
        IsPinned = Decided.IsPinned,
        IsIntermediate = Stage.Execution.IsIntermediate,
    };

    /// <summary>How many results could be chosen; what is chosen could.</summary>
    public int ToChooseFrom(Selection selection) =>
        Candidates.Count(c => c.Candidate.IsEligible || selection.Choice.Realizations.Contains(c.Candidate.Realization));

    /// <summary>False where declarations forbid that the stage runs here.</summary>
    public bool MayRun(string platform) =>
        !Stage.Execution.MustExist && (Stage.Derivation.Platform is null || Stage.Derivation.Platform == platform);

    /// <summary>The next new run, whatever the matcher decides.</summary>
    public NextRun NextNew => MatcherKinds.Next(Stage.Matcher, Candidates.Select(j => j.Candidate), ImmutableHashSet<NextRun>.Empty);

    ChosenResult Result(Judged judged) =>
        new(judged.Candidate.Realization, Member.Resolved.Reference, judged.Tree, judged.Candidate.MetricText);
}
