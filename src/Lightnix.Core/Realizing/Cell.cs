using System.Collections.Immutable;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Promises;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>
/// One resolved derivation in one build, with every stage that resolved to it: all runs that any of them needs are made, and only then is each matched, once.
/// </summary>
public sealed class Cell(Reference<Resolved> reference, ImmutableArray<CellMember> members, IResults results, IRunner runner, string platform, Why why, Pins pins, Action<BuildEvent> tell)
{
    readonly Dictionary<StageName, Judge> _judges = members.ToDictionary(m => m.Stage.Name, m => new Judge(m.Stage, results));
    readonly HashSet<NextRun> _failed = [];
    readonly HashSet<Reference<Realization>> _restored = [];
    readonly List<Diagnostic> _failures = [];
    readonly List<Run> _made = [];
    readonly HashSet<RelativePath> _misplaced = [];
    readonly Lock _judging = new();
    readonly Lock _numbering = new();
    long _lastOrder;

    /// <summary>Makes the runs that are needed and gives each member's verdict.</summary>
    public async Task<ImmutableDictionary<StageName, CellVerdict>> RunAsync(CancellationToken cancellationToken)
    {
        var forced = true;
        results.Keep(members[0].Resolution.Resolved, reference);
        while (true)
        {
            var history = results.History(reference);
            var verdicts = members.Select(m => Match(m, history)).ToImmutableArray();
            var wanted = verdicts.SelectMany(v => Wanted(v, forced)).DistinctBy(w => w.Next).ToImmutableArray();
            forced = false;
            if (wanted.IsEmpty)
            {
                TellLost(verdicts);
                return verdicts.ToImmutableDictionary(v => v.Member.Stage.Name);
            }
            var outcomes = await Task.WhenAll(wanted.Select(w => RunAsync(Order(w), cancellationToken))).ConfigureAwait(false);
            foreach (var (want, outcome) in wanted.Zip(outcomes))
                Count(want.Next, outcome);
        }
    }

    // Said by the build that tried; later ones choose without it, and try no more.
    void TellLost(ImmutableArray<CellVerdict> verdicts)
    {
        foreach (var lost in from v in verdicts where v.Member.Wish != Wish.Look from c in v.Candidates where c.Candidate.Lost && _restored.Contains(c.Candidate.Realization) select (v.Member.Stage.Name, c.Candidate))
            tell(new BuildEvent.Hint(lost.Name, $"realization {lost.Candidate.Realization.Short} is passed over: {lost.Candidate.Ineligible}"));
    }

    async Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(order, cancellationToken).ConfigureAwait(false);
        if (outcome is RunOutcome.Completed { Here: true, Run: var run })
        {
            Judged judged;
            lock (_judging)
                judged = _judges[order.Stage.Name].Candidates(new([run], [], []))[0];
            tell(new BuildEvent.Completed(order.Stage.Name, run.Facts.Replicate, run.Facts.Attempt, run.Facts.Duration, MetricOf(order.Stage, judged), judged.Broken.Length));
        }
        return outcome;
    }

    static string? MetricOf(PlannedStage stage, Judged judged) =>
        stage.Matcher.Metric is { } metric && judged.Candidate.MetricText is { } text ? $"{metric} = {text}" : null;

    void Count(NextRun next, RunOutcome outcome)
    {
        switch (outcome)
        {
            case RunOutcome.Completed { Here: true } completed:
                _made.Add(completed.Run);
                _misplaced.UnionWith(completed.Misplaced);
                break;
            case RunOutcome.Failed failed:
                _failed.Add(next);
                _failures.Add(failed.Diagnostic);
                break;
        }
    }

    CellVerdict Match(CellMember member, History history)
    {
        var judged = _judges[member.Stage.Name].Candidates(history);
        var (decision, isPinned, obstacle) = pins.Decide(member.Stage, reference, judged, _failed, r => _restored.Contains(r) && !results.Contains(judged.Single(j => j.Candidate.Realization == r).Tree));
        return new(member, judged, decision, [.. _failures], [.. _made]) { IsPinned = isPinned, PinObstacle = obstacle, Misplaced = [.. _misplaced] };
    }

    IEnumerable<(NextRun Next, CellMember Member, string Reason)> Wanted(CellVerdict verdict, bool forced)
    {
        var member = verdict.Member;
        if (member.Wish == Wish.Look || !verdict.MayRun(platform))
            yield break;
        if (member.Wish == Wish.RunAgain && forced && member.Stage.Derivation.Builder.Runs)
            yield return (MatcherRules.Next(member.Stage.Matcher, verdict.Candidates.Select(j => j.Candidate), _failed), member, "it was asked for");
        if (verdict.Decision is Decision.RunMore more)
        {
            var reason = why.Briefly(member.Stage, member.Resolution, more.Reason);
            foreach (var next in more.Runs)
                yield return (next, member, reason);
        }
        // An evicted realization still counts and is ranked; chosen, it is made again, once.
        if (verdict.Decision is Decision.Selected selected)
        {
            foreach (var gone in verdict.Chosen(selected).Where(c => !results.Keep(c.Tree) && _restored.Add(c.Candidate.Realization)))
            {
                var replicate = gone.Candidate.Runs[0].Replicate;
                var attempt = verdict.Candidates.SelectMany(c => c.Candidate.Runs).Where(r => r.Replicate == replicate).Max(r => r.Attempt) + 1;
                yield return (new(replicate, attempt), member, "its result was collected from the store");
            }
        }
    }

    RunOrder Order((NextRun Next, CellMember Member, string Reason) wanted) => new(
        wanted.Member.Stage,
        wanted.Member.Resolution.Resolved,
        reference,
        wanted.Next,
        wanted.Member.Resolution.Inputs,
        wanted.Member.Resolution.Tools,
        NextOrder,
        wanted.Reason);

    long NextOrder(long known)
    {
        lock (_numbering)
            return _lastOrder = Math.Max(known, _lastOrder + 1);
    }
}

/// <summary>A stage in a <see cref="Cell"/>.</summary>
public sealed record CellMember(PlannedStage Stage, Resolution Resolution, Wish Wish);

/// <summary>What a build wants of a stage.</summary>
public enum Wish
{
    /// <summary>Only to know its present choice: nothing is run for it.</summary>
    Look,

    /// <summary>A choice, running what its matcher asks for.</summary>
    Realize,

    /// <summary>One new replicate, then a choice.</summary>
    RunAgain,
}

/// <summary>What a matcher finally said of one stage.</summary>
/// <param name="Failures">Of runs of this build.</param>
/// <param name="Made">Runs that this build made.</param>
public sealed record CellVerdict(CellMember Member, ImmutableArray<Judged> Candidates, Decision Decision, ImmutableArray<Diagnostic> Failures, ImmutableArray<Run> Made)
{
    /// <summary>True where a lock file decided.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Why the lock file did not decide although it fits.</summary>
    public LockObstacle? PinObstacle { get; init; }

    /// <summary>Promised files that runs of this build wrote into their working folders, and not into their outputs.</summary>
    public ImmutableHashSet<RelativePath> Misplaced { get; init; } = [];

    /// <summary>The candidates of a selection, in its order.</summary>
    public IEnumerable<Judged> Chosen(Decision.Selected selected) =>
        selected.Realizations.Select(r => Candidates.Single(c => c.Candidate.Realization == r));

    /// <summary>The choice, as it is remembered.</summary>
    public Selection Select(Decision.Selected selected)
    {
        var stage = Member.Stage;
        return new(
            new(stage.Reference, [.. Chosen(selected).Select(Result)], stage.Matcher.IsPlural),
            stage.Matcher,
            [.. stage.Promises.Select(PromiseKey.Of).Order()],
            Candidates.SelectMany(c => c.Candidate.Runs).Max(r => r.Order))
        {
            Reads = [.. stage.Promises.Where(p => !p.IsDecidedByListing).Select(p => p.Path).Distinct().Order()],
            IsPinned = IsPinned,
        };
    }

    ChosenResult Result(Judged judged) => new(judged.Candidate.Realization, Member.Resolution.Reference, judged.Tree, judged.Candidate.MetricText);

    /// <summary>How many results could be chosen; what is chosen could.</summary>
    public int ToChooseFrom(Selection selection) => Candidates.Count(c => c.Candidate.IsEligible || selection.Choice.Realizations.Contains(c.Candidate.Realization));

    /// <summary>False where declarations forbid that the stage runs here.</summary>
    public bool MayRun(string platform) => !Member.Stage.Execution.MustExist && Member.Stage.Derivation.Platform is var wanted && (wanted is null || wanted == platform);
}
