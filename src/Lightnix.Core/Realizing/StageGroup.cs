using Lightnix.Contracts;
using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>One resolved derivation in one build, with every stage that resolved to it. All runs that any of them needs are made first;
/// then each stage is matched, once.</summary>
/// <param name="opened">Stages whose bytes are needed.</param>
public sealed class StageGroup(
    Reference<Resolved> reference, ImmutableArray<GroupMember> members, IRunner runner, BuildContext context, OpenedStages opened)
{
    readonly Dictionary<StageName, StageCandidates> _candidates =
        members.ToDictionary(m => m.Stage.Name, m => context.CandidatesOf(m.Stage));
    readonly HashSet<NextRun> _failed = [];
    readonly HashSet<Reference<Realization>> _restored = [];
    readonly List<(StageName Stage, Diagnostic Problem)> _failures = [];
    readonly FailureLimit _limit = new();
    readonly List<Run> _made = [];
    readonly HashSet<RelativePath> _misplaced = [];
    readonly Lock _numbering = new();
    StageName? _madeBy;
    long _lastOrder;

    /// <summary>Makes the runs that are needed, and gives each member's match.</summary>
    public async Task<ImmutableDictionary<StageName, StageMatch>> RunAsync(CancellationToken cancellationToken)
    {
        context.Lease.Keep(members[0].Resolved.Resolved, reference);
        if (context.Adopter is { } adopter)
        {
            foreach (var member in members)
                await adopter.OfferAsync(member, cancellationToken).ConfigureAwait(false);
        }
        for (var isFirst = true; ; isFirst = false)
        {
            var history = await context.Traces.HistoryAsync(reference, cancellationToken).ConfigureAwait(false);
            var matches = new List<StageMatch>();
            foreach (var member in members)
                matches.Add(await MatchAsync(member, history, cancellationToken).ConfigureAwait(false));
            var wanted = new List<WantedRun>();
            foreach (var match in matches)
                wanted.AddRange(await WantedAsync(match, history, isFirst, cancellationToken).ConfigureAwait(false));
            if (wanted.Count == 0)
            {
                ReportLost(matches);
                return matches.ToImmutableDictionary(m => m.Stage.Name);
            }
            var foreign = wanted.SelectMany(w => w.Member.Resolved.Inputs).Where(i => i.Input.Stage.Project is not null);
            foreach (var input in foreign.Where(IsAbsent))
                await opened.MakeAgainAsync(input.Input.Stage, input.Choice, context, cancellationToken).ConfigureAwait(false);
            var absent = members.ToDictionary(m => m.Stage.Name, AbsentInputs);
            if (wanted.Any(w => !absent[w.Member.Stage.Name].IsEmpty))
                return matches.ToImmutableDictionary(m => m.Stage.Name, m => m with { AbsentInputs = absent[m.Stage.Name] });
            var runs = wanted.DistinctBy(w => w.Next).ToImmutableArray();
            var outcomes = await Task.WhenAll(runs.Select(w => RunAsync(Order(w), cancellationToken))).ConfigureAwait(false);
            if (outcomes.Any(o => o is RunOutcome.WouldRun))
                return matches.ToImmutableDictionary(
                    m => m.Stage.Name, m => m with { Foreseen = wanted.Any(w => w.Member.Stage.Name == m.Stage.Name) });
            foreach (var (run, outcome) in runs.Zip(outcomes))
                Count(run, outcome);
        }
    }

    // Reported by the build that tried; later builds choose without the lost result, and do not try again.
    void ReportLost(IEnumerable<StageMatch> matches)
    {
        foreach (var match in matches.Where(m => m.Member.Demand != Demand.Observe))
        {
            foreach (var lost in match.Candidates.Select(c => c.Candidate).Where(c => c.Lost && _restored.Contains(c.Realization)))
                context.Report(
                    new BuildEvent.Hint(match.Stage.Name, $"realization {lost.Realization.Short} is passed over: {lost.Ineligible}"));
        }
    }

    async Task<RunOutcome> RunAsync(RunOrder order, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(order, cancellationToken).ConfigureAwait(false);
        if (outcome is RunOutcome.Completed { Here: true, Run: var run })
        {
            var judged = (await _candidates[order.Stage.Name].JudgeAsync(new([run], [], []), cancellationToken).ConfigureAwait(false))[0];
            var metric = await MetricAsync(order.Stage, judged, cancellationToken).ConfigureAwait(false);
            context.Report(new BuildEvent.Completed(
                order.Stage.Name, run.Facts.Replicate, run.Facts.Attempt, run.Facts.Duration, metric, judged.Broken.Length)
            {
                Resumed = run.Facts.Resumed,
            });
        }
        return outcome;
    }

    async ValueTask<string?> MetricAsync(PlannedStage stage, Judged judged, CancellationToken cancellationToken)
    {
        if (stage.Matcher.Metric is { } own)
            return judged.Candidate.MetricText is { } text ? own.With(text) : null;
        if (context.MetricAbove(stage.Name) is not { } above)
            return null;
        var answer = await context.NewJudge().AnswerAsync(new Question.Measures(judged.Tree, above), cancellationToken)
            .ConfigureAwait(false);
        return answer is Answer.Number { Text: { } found } ? above.With(found) : null;
    }

    void Count(WantedRun wanted, RunOutcome outcome)
    {
        switch (outcome)
        {
            case RunOutcome.Completed { Here: true } completed:
                _made.Add(completed.Run);
                _madeBy ??= wanted.Member.Stage.Name;
                _misplaced.UnionWith(completed.Misplaced);
                break;
            case RunOutcome.Failed failed:
                _failed.Add(wanted.Next);
                _failures.Add((wanted.Member.Stage.Name,
                    wanted.Restores is null ? failed.Diagnostic : RunErrors.WhileRestoring(failed.Diagnostic, wanted.Reason)));
                break;
        }
    }

    async ValueTask<StageMatch> MatchAsync(GroupMember member, History history, CancellationToken cancellationToken)
    {
        var (candidates, choice) = await _candidates[member.Stage.Name].DecideAsync(history, Decide, cancellationToken)
            .ConfigureAwait(false);
        return new(member, candidates, choice, FailuresOf(member.Stage), [.. _made])
        {
            Failed = _failures.Count,
            Misplaced = [.. _misplaced],
            MadeBy = _madeBy,
            NotStarted = choice.Decision is Decision.RunMore more && _limit.Stops(history) ? more.Runs.Length : 0,
        };

        (Decision, ChooserDecision) Decide(ImmutableArray<Judged> judged)
        {
            var decision = context.Chooser.Decide(member, judged, _failed, IsLost);
            return (decision.Decision, decision);
        }
    }

    // The run of another member has an error there.
    ImmutableArray<Diagnostic> FailuresOf(PlannedStage stage)
    {
        if (_failures.Count == 0)
            return [];
        ImmutableArray<Diagnostic> own = [.. _failures.Where(f => f.Stage == stage.Name).Select(f => f.Problem)];
        return own.IsEmpty ? [RunErrors.SharedRuns(stage, _failures[0].Stage)] : own;
    }

    bool IsLost(Judged judged) => _restored.Contains(judged.Candidate.Realization) && !context.Trees.Contains(judged.Tree);

    async ValueTask<ImmutableArray<WantedRun>> WantedAsync(
        StageMatch match, History history, bool isFirst, CancellationToken cancellationToken)
    {
        var member = match.Member;
        if (member.Demand == Demand.Observe || !match.MayRun(context.Platform))
            return [];
        var wanted = ImmutableArray.CreateBuilder<WantedRun>();
        if (member.IsRunAgain && isFirst)
            wanted.Add(new(match.NextNew, member, "it was asked for"));
        if (member.Demand == Demand.Repeat && isFirst)
            wanted.AddRange(Repetitions(history).Select(next => new WantedRun(next, member, "it repeats a run")));
        if (match is { Decision: Decision.RunMore more, NotStarted: 0 })
        {
            var reason = await context.Why.OfAsync(match, cancellationToken).ConfigureAwait(false);
            wanted.AddRange(more.Runs.Select(next => new WantedRun(next, member, reason.Brief)));
        }
        // A collected realization still counts and is ranked; chosen, it is made again, once.
        foreach (var chosen in match.Decision is Decision.Selected selected ? Needed(match, selected) : Unknown(match))
        {
            if (!context.Lease.Keep(chosen.Tree) && _restored.Add(chosen.Candidate.Realization))
                wanted.Add(Restoration(match, chosen, history));
        }
        return wanted.ToImmutable();
    }

    // Those first that were repeated least. A result that was collected could not be compared byte for byte.
    HashSet<NextRun> Repetitions(History history)
    {
        var attempts = history.Runs.Where(r => r.Adopted is null).GroupBy(r => r.Facts.Replicate)
            .Where(g => g.Any(r => context.Trees.Contains(r.Tree))).ToDictionary(g => g.Key, g => g.Count());
        var given = new HashSet<NextRun>();
        for (var i = 0; i < context.Repetitions && attempts.Count > 0; i++)
        {
            var least = attempts.OrderBy(a => a.Value).ThenBy(a => a.Key).First().Key;
            attempts[least]++;
            given.Add(new(least, history.NextAttempt(least) + given.Count(g => g.Replicate == least)));
        }
        return given;
    }

    IEnumerable<Judged> Needed(StageMatch match, Decision.Selected selected) =>
        opened.NeedsBytes(match.Stage) ? match.Chosen(selected) : [];

    ImmutableArray<StageName> AbsentInputs(GroupMember member) => [.. member.Resolved.Inputs.Where(IsAbsent).Select(i => i.Input.Stage)];

    bool IsAbsent(ChosenInput input) => input.Choice.Trees.Any(t => !opened.IsForeseen(t) && !context.Lease.Keep(t));

    // Where nothing else satisfies, collected results that cannot be judged are made again, so that they can.
    static IEnumerable<Judged> Unknown(StageMatch match) => match.Decision is not Decision.Unsatisfied ? []
        : match.Wanted.Where(c => c.Candidate is { Unknown: not null, Rejected: false, Lost: false });

    WantedRun Restoration(StageMatch match, Judged gone, History history)
    {
        var replicate = gone.Candidate.Runs[0].Replicate;
        var reader = opened.ReaderOf(match.Stage.Name) is { } name ? $", and '{name}' needs it" : "";
        return new(new(replicate, history.NextAttempt(replicate)), match.Member, $"its result was collected from the store{reader}")
        {
            Restores = gone.Tree,
        };
    }

    RunOrder Order(WantedRun wanted) => new(
        wanted.Member.Stage,
        wanted.Member.Resolved.Resolved,
        reference,
        wanted.Next,
        wanted.Member.Resolved.Inputs,
        wanted.Member.Resolved.Tools,
        NextOrder,
        wanted.Reason)
    {
        Restores = wanted.Restores,
        Limit = _limit,
    };

    long NextOrder(long known)
    {
        lock (_numbering)
            return _lastOrder = Math.Max(known, _lastOrder + 1);
    }

    sealed record WantedRun(NextRun Next, GroupMember Member, string Reason)
    {
        public Reference<Tree>? Restores { get; init; }
    }
}
