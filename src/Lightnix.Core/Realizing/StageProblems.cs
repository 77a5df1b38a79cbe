using Lightnix.Explaining;
using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>Diagnostics of a stage that has no choice.</summary>
sealed class StageProblems(BuildContext context)
{
    public async ValueTask<ImmutableArray<Diagnostic>> OfAsync(StageMatch match, CancellationToken cancellationToken)
    {
        if (!match.Decided.Problems.IsEmpty)
            return match.Decided.Problems;
        var (stage, decision) = (match.Stage, match.Decision);
        if (!match.MayRun(context.Platform) && decision is Decision.RunMore or Decision.Selected)
        {
            var lacking = await context.Why.OfAsync(match, cancellationToken).ConfigureAwait(false);
            return [stage.Execution.MustExist ? BuildErrors.MustExist(stage, lacking.Brief)
                : BuildErrors.OtherPlatform(stage, context.Platform)];
        }
        var failures = FailureTexts.Of(match.Failures, match.NotStarted == 0 ? null : NotStarted(match));
        var someAreRight = match.Candidates.Any(c => c.Candidate.IsEligible);
        var promisesMatter = !someAreRight || decision is Decision.Unsatisfied;
        var broken = promisesMatter ? await BrokenPromisesAsync(match, cancellationToken).ConfigureAwait(false) : [];
        var problems = failures.Concat(broken).ToImmutableArray();
        var rejections = await RejectionsAsync(match, cancellationToken).ConfigureAwait(false);
        // Where some results are right, or would be but for a rejection, broken promises alone do not say what is lacking.
        var isMatcher = decision is Decision.Unsatisfied && match.Failures.IsEmpty && (someAreRight || !rejections.IsEmpty);
        if (!problems.IsEmpty && !isMatcher)
            return problems;
        ImmutableArray<string> reasons = [Reason(decision), .. await OfOtherInputsAsync(match, cancellationToken).ConfigureAwait(false)];
        var kept = decision is Decision.Unsatisfied && problems.IsEmpty ? Newest(match.Candidates) : null;
        return [.. problems,
            BuildErrors.Unsatisfied(context.Project, stage, string.Join("; ", reasons), kept, rejections, context.Command)];
    }

    // The folder of a result and the cure stand in the first error only; a promise that only another result breaks names the folder of that
    // result.
    async ValueTask<ImmutableArray<Diagnostic>> BrokenPromisesAsync(StageMatch match, CancellationToken cancellationToken)
    {
        var judge = context.NewJudge();
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        var broken = match.Wanted
            .SelectMany(c => c.Broken.Select(b => (Result: c, Verdict: b)))
            .GroupBy(x => x.Verdict.Promise.Item);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in broken)
        {
            var folder = Newest(group.Select(x => x.Result));
            var promise = group.First().Verdict.Promise;
            var results = group.Select(x => x.Result).ToList();
            var reasons = results.Count == 1 ? null
                : await Shortfall.OfAsync(promise, results, judge, cancellationToken).ConfigureAwait(false);
            problems.Add(BrokenPromiseErrors.OfResults(
                context.Project, match.Stage, promise, reasons?.Text ?? BrokenPromiseErrors.Reasons([.. group.Select(x => x.Verdict)]),
                    results, named.Add(folder!) ? BrokenPromiseErrors.Kept(results, folder!) : null,
                    match.Misplaced.Contains(promise.Path)));
        }
        return problems.ToImmutable();
    }

    string? Newest(IEnumerable<Judged> results) =>
        results.Where(c => c.Candidate.Unknown is null).MaxBy(c => c.Candidate.Runs.Max(r => r.Order)) is { } newest
            ? context.FolderOf(newest.Tree) : null;

    // Of results that nothing else is wrong with.
    async ValueTask<ImmutableArray<Rejection>> RejectionsAsync(StageMatch match, CancellationToken cancellationToken)
    {
        var rejected = match.Wanted
            .Where(c => c.Candidate is { Rejected: true, Lost: false, KeepsPromises: true, Ineligible: null })
            .Select(c => c.Candidate.Realization).ToHashSet();
        if (rejected.Count == 0)
            return [];
        var history = await context.Traces.HistoryAsync(match.Member.Resolved.Reference, cancellationToken).ConfigureAwait(false);
        return [.. history.Rejections.Where(r => rejected.Contains(r.Realization)).DistinctBy(r => r.Realization).OrderBy(r => r.When)];
    }

    // Realizations that Exact names and that belong to other inputs, with the differences.
    async ValueTask<ImmutableArray<string>> OfOtherInputsAsync(StageMatch match, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var name in match.Stage.Matcher.Realizations.Where(name => !match.Candidates.Any(c => c.Candidate.IsNamed(name))))
        {
            var other = await context.Traces.FindRealizationAsync(name, cancellationToken).ConfigureAwait(false);
            if (other is not null
                && await context.Traces.FindAsync(other.Resolved, cancellationToken).ConfigureAwait(false) is { } resolved)
                found.Add($"'{name}' is there, but was built from something else: "
                    + $"{string.Join(", ", Differences.Between(resolved, match.Member.Resolved.Resolved))}");
        }
        return found.ToImmutable();
    }

    static string NotStarted(StageMatch match)
    {
        var word = match.Stage.Matcher.Select == Select.Quorum ? "attempt" : "replicate";
        return FormattableString.Invariant($"{match.NotStarted} more {word}{(match.NotStarted == 1 ? " was" : "s were")} not started: ")
            + $"{match.Failed} {word}s failed, and none has ever completed";
    }

    static string Reason(Decision decision) => decision switch
    {
        Decision.Unsatisfied unsatisfied => unsatisfied.Reason,
        Decision.RunMore more => more.Reason,
        _ => "a chosen result was collected from the store, and making it again gave another one",
    };
}
