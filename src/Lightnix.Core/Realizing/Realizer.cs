using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lightnix.Explaining;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Decides whether a stage runs: a matcher over constructive traces, with early cut-off by content.</summary>
/// <param name="wish">What this build wants of a stage.</param>
/// <param name="last">What the last build of the project chose.</param>
/// <param name="folderOf">The folder of a tree, for messages.</param>
public sealed class Realizer(
    StageResolver resolver,
    IResults results,
    IRunner runner,
    Func<StageName, Wish> wish,
    string platform,
    Root last,
    Pins pins,
    string project,
    Func<Reference<Tree>, string> folderOf,
    Action<BuildEvent> tell) : IRebuilder<Resolution>
{
    readonly ConcurrentDictionary<Reference<Resolved>, Lazy<Task<ImmutableDictionary<StageName, CellVerdict>>>> _shared = new();
    readonly Why _why = new(last, results);

    public async Task<Resolution?> ResolveAsync(PlannedStage stage, ImmutableArray<Choice> inputs, CancellationToken cancellationToken)
    {
        var (resolution, problem) = await resolver.ResolveAsync(stage, inputs, cancellationToken).ConfigureAwait(false);
        if (problem is not null && wish(stage.Name) != Wish.Look)
            tell(new BuildEvent.Diagnosed(problem));
        if (resolution is not null && wish(stage.Name) != Wish.Look)
            tell(new BuildEvent.Resolved(stage.Name, stage.Derivation, resolution.Resolved));
        return resolution;
    }

    public async Task<StageOutcome> MatchAsync(PlannedStage stage, Resolution resolved, ImmutableArray<(PlannedStage Stage, Resolution Resolved)> peers, CancellationToken cancellationToken)
    {
        var same = peers.Where(p => p.Resolved.Reference == resolved.Reference).Append((Stage: stage, Resolved: resolved)).OrderBy(p => p.Stage.Name);
        var cell = new Cell(resolved.Reference, [.. same.Select(p => new CellMember(p.Stage, p.Resolved, wish(p.Stage.Name)))], results, runner, platform, _why, pins, tell);
        var verdicts = peers.IsEmpty
            ? await cell.RunAsync(cancellationToken).ConfigureAwait(false)
            : await _shared.GetOrAdd(resolved.Reference, _ => new(() => cell.RunAsync(cancellationToken))).Value.ConfigureAwait(false);
        return Conclude(verdicts[stage.Name]);
    }

    // What is damaged of one stage's history must not keep the others from being built, and shown.
    public StageOutcome Broken(PlannedStage stage, Exception e)
    {
        var looks = wish(stage.Name) == Wish.Look;
        var problem = RunErrors.Of(stage, e, tell);
        tell(new BuildEvent.Diagnosed(looks ? problem with { Severity = Severity.Warning } : problem));
        return looks ? new StageOutcome.Absent() : new StageOutcome.Failed(0);
    }

    public StageOutcome Blocked(PlannedStage stage, ImmutableArray<(StageName Stage, StageOutcome Outcome)> inputs)
    {
        if (wish(stage.Name) == Wish.Look)
            return new StageOutcome.Absent();
        foreach (var (name, outcome) in inputs)
        {
            if (outcome.Choice is not null)
                continue;
            var because = outcome is StageOutcome.Skipped skipped ? skipped.Because : name;
            if (name.Project is not null)
                tell(new BuildEvent.Diagnosed(BuildErrors.NotChosenThere(stage, name)));
            tell(new BuildEvent.Skipped(stage.Name, because));
            return new StageOutcome.Skipped(because);
        }
        return new StageOutcome.Failed(0);
    }

    StageOutcome Conclude(CellVerdict verdict)
    {
        var stage = verdict.Member.Stage;
        var ran = verdict.Made.Length;
        var looks = verdict.Member.Wish == Wish.Look;
        if (verdict.Decision is Decision.Selected selected && verdict.Chosen(selected).All(c => results.Keep(c.Tree)))
        {
            var selection = verdict.Select(selected);
            if (!looks)
                TellChoice(verdict, selected, selection);
            // Also of a stage that nobody asked for: its link changes as well.
            if (last.Stages.TryGetValue(stage.Name.ToString(), out var before) && before.Resolved == selection.Resolved && !selection.Choice.IsSame(before.Choice))
                tell(new BuildEvent.ChoiceChanged(stage.Name, before, selection, Cause(verdict, before, selection)));
            return new StageOutcome.Chosen(selection, ran) { LacksPinned = verdict.PinObstacle is { IsMissing: true } };
        }
        if (looks)
            return new StageOutcome.Absent();
        foreach (var problem in Problems(verdict))
            tell(new BuildEvent.Diagnosed(problem));
        TellNothingToRun(verdict.Member);
        return new StageOutcome.Failed(ran) { Resolved = verdict.Member.Resolution.Reference };
    }

    void TellChoice(CellVerdict verdict, Decision.Selected selected, Selection selection)
    {
        var stage = verdict.Member.Stage;
        // A run that was asked for and failed is an error although an older result satisfies; elsewhere what satisfies is good enough.
        foreach (var failure in verdict.Failures)
            tell(new BuildEvent.Diagnosed(verdict.Member.Wish == Wish.RunAgain ? failure : failure with { Severity = Severity.Warning }));
        // Once, by the build that made it: what satisfies hides what does not.
        foreach (var (candidate, run) in from c in verdict.Candidates from r in verdict.Made where r.Tree == c.Tree select (c, r))
            foreach (var broken in candidate.Broken)
                tell(new BuildEvent.Diagnosed(BuildErrors.BrokenRun(stage.Name, run.Facts.Replicate, broken)));
        var metric = stage.Matcher.Metric is { } m && selection.Results[0].Metric is { } number ? $"{m} = {number}" : null;
        tell(new BuildEvent.Selected(stage.Name, selection, verdict.Made.Length, metric, verdict.ToChooseFrom(selection)));
        if (verdict.PinObstacle is { } obstacle)
            tell(obstacle.IsMissing
                ? new BuildEvent.Diagnosed(LockErrors.ChosenInstead(stage, obstacle, selection))
                : new BuildEvent.Hint(stage.Name, $"the lock file pinned {obstacle.Pinned.Short}, which {obstacle.Reason}: it was chosen again"));
        if (selected.Hint is { } hint)
            tell(new BuildEvent.Hint(stage.Name, hint));
        TellNothingToRun(verdict.Member);
        if (verdict.Member.Wish == Wish.RunAgain && stage.Derivation.Builder.Runs && !verdict.MayRun(platform))
            tell(new BuildEvent.Diagnosed(stage.Execution.MustExist ? BuildErrors.MustExist(stage, "it was asked for") : BuildErrors.OtherPlatform(stage, platform, "another run was asked for")));
    }

    void TellNothingToRun(CellMember member)
    {
        if (member.Wish == Wish.RunAgain && !member.Stage.Derivation.Builder.Runs)
            tell(new BuildEvent.Hint(member.Stage.Name, "an import or a download has one result, and there is nothing to run again"));
    }

    /// <summary>The cause of a changed choice.</summary>
    internal const string ByLockFile = "the lock file pins it";

    string Cause(CellVerdict verdict, Selection before, Selection now)
    {
        var (then, chosen) = (before.Choice.Realizations.ToHashSet(), now.Choice.Realizations.ToHashSet());
        if (now.IsPinned)
            return ByLockFile;
        var gone = then.Except(chosen).Select(r => WhyNot(r, verdict.Candidates.FirstOrDefault(c => c.Candidate.Realization == r)?.Candidate)).OfType<string>();
        var news = verdict.Candidates.Where(c => chosen.Contains(c.Candidate.Realization))
            .Select(c => (New: !then.Contains(c.Candidate.Realization), c.Candidate)).ToImmutableArray();
        var made = news.SelectMany(n => n.Candidate.Runs.Where(r => r.Order > before.Known).Select(r => (n.New, Run: r)))
            .OrderByDescending(r => (r.New, r.Run.Order)).Select(r => r.Run).FirstOrDefault();
        var causes = new[]
        {
            now.Matcher.Asks(before.Matcher) ? null : "the matcher changed",
            now.Promises.SequenceEqual(before.Promises) ? null : "the promises changed",
            made is null ? null : $"replicate {made.Replicate}{(made.Attempt == 1 ? "" : $", attempt {made.Attempt}")} was made since",
        };
        var all = gone.Concat(causes.OfType<string>()).ToImmutableArray();
        return all.IsEmpty ? WhyNow(news) : string.Join(", and ", all);
    }

    static string? WhyNot(Reference<Realization> chosen, Candidate? candidate) => candidate switch
    {
        null => $"{chosen.Short} is no longer in the store",
        { Rejection: { } why } => $"{chosen.Short} was rejected ({Visible.Short(why)})",
        { Ineligible: { } why } => $"{chosen.Short} can no longer be chosen ({why})",
        _ => null,
    };

    // Neither rules nor runs changed: a lock file had the last word then, or what is chosen now could not be chosen.
    string WhyNow(ImmutableArray<(bool New, Candidate Candidate)> chosen) =>
        last.LockFile is not null ? "the lock file does not pin it in this build"
        : chosen.Where(c => c.New).Select(c => c.Candidate.Realization.Short).ToImmutableArray() is { IsEmpty: false } news
            ? $"{string.Join(" and ", news)} can be chosen again: a rejection was taken back, or files were copied into the store"
            : "their order changed";

    ImmutableArray<Diagnostic> Problems(CellVerdict verdict)
    {
        var (member, decision) = (verdict.Member, verdict.Decision);
        var stage = member.Stage;
        if (!verdict.MayRun(platform) && decision is Decision.RunMore or Decision.Selected)
        {
            var lacking = decision is Decision.RunMore more ? _why.Briefly(stage, member.Resolution, more.Reason) : "its result was collected from the store";
            return [stage.Execution.MustExist ? BuildErrors.MustExist(stage, lacking) : BuildErrors.OtherPlatform(stage, platform)];
        }
        var broken = (from c in verdict.Candidates where IsWanted(stage.Matcher, c) from b in c.Broken group (c, b) by b.Promise.Item into g select g).ToImmutableArray();
        var newest = verdict.Candidates.IsEmpty ? null : folderOf(verdict.Candidates.MaxBy(c => c.Candidate.Runs.Max(r => r.Order))!.Tree);
        // Where the result is, and what can be done, is said once; a promise that only another result breaks says where that one is.
        var folders = broken.Select(g => folderOf(g.OrderBy(x => x.c.Candidate.Runs.Max(r => r.Order)).Last().c.Tree)).ToImmutableArray();
        var promises = broken.Select((g, i) => BuildErrors.BrokenPromise(project, stage, g.First().b.Promise, [.. g.Select(x => (x.c, x.b))], folders.IndexOf(folders[i]) == i ? folders[i] : null, verdict.Misplaced.Contains(g.First().b.Promise.Path)));
        var failures = verdict.Failures.DistinctBy(f => f.Message).Take(MaxFailuresShown);
        var someAreRight = verdict.Candidates.Any(c => c.Candidate.IsEligible);
        // With two results that are right, a third that is not makes no difference to Only.
        var matter = !someAreRight || (decision is Decision.Unsatisfied && stage.Matcher.Select != Select.Only);
        var problems = failures.Concat(matter ? promises : []).ToImmutableArray();
        // Where some results are right, or would be but for a rejection, broken promises alone do not say what is lacking.
        var rejections = Rejections(verdict);
        return problems.IsEmpty || (decision is Decision.Unsatisfied && verdict.Failures.IsEmpty && (someAreRight || !rejections.IsEmpty))
            ? [.. problems, BuildErrors.Unsatisfied(project, stage, string.Join("; ", [Reason(decision), .. Strangers(verdict)]), decision is Decision.Unsatisfied && problems.IsEmpty ? newest : null, rejections, results.Command)]
            : problems;
    }

    // Exact wants those that it names, and no others.
    static bool IsWanted(Matcher matcher, Judged judged) =>
        matcher.Select != Select.Exact || matcher.Realizations.Any(name => judged.Candidate.Realization.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase));

    // Of candidates that nothing else is wrong with.
    ImmutableArray<Rejection> Rejections(CellVerdict verdict)
    {
        var rejected = verdict.Candidates.Where(c => c.Candidate is { Rejected: true, Lost: false, KeepsPromises: true, Ineligible: null } && IsWanted(verdict.Member.Stage.Matcher, c)).Select(c => c.Candidate.Realization).ToHashSet();
        return rejected.Count == 0 ? [] : [.. results.History(verdict.Member.Resolution.Reference).Rejections.Where(r => rejected.Contains(r.Realization)).DistinctBy(r => r.Realization).OrderBy(r => r.When)];
    }

    // Realizations that Exact names and that belong to other inputs: said with what differs.
    IEnumerable<string> Strangers(CellVerdict verdict) =>
        from name in verdict.Member.Stage.Matcher.Realizations
        where !verdict.Candidates.Any(c => c.Candidate.Realization.ToString().StartsWith(name, StringComparison.OrdinalIgnoreCase))
        let stranger = results.FindRealization(name)
        let resolved = stranger is null ? null : results.Find(stranger.Resolved)
        where resolved is not null
        select $"'{name}' is there, but was built from something else: {string.Join(", ", Differences.Between(resolved, verdict.Member.Resolution.Resolved))}";

    static string Reason(Decision decision) => decision switch
    {
        Decision.Unsatisfied unsatisfied => unsatisfied.Reason,
        Decision.RunMore more => more.Reason,
        _ => "a chosen result was collected from the store, and making it again gave another one",
    };

    const int MaxFailuresShown = 3;
}
