using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>Diagnostics of a choice that could not choose.</summary>
sealed class ChoiceProblems(BuildContext context)
{
    public async ValueTask<ImmutableArray<Diagnostic>> OfAsync(ChoiceMatch match, CancellationToken cancellationToken)
    {
        if (!match.Decided.Problems.IsEmpty)
            return match.Decided.Problems;
        var reason = ((Decision.Unsatisfied)match.Decided.Decision).Reason;
        var isBroken = match.Eligible == 0 && match.Candidates.Any(c => !c.Broken.IsEmpty);
        return isBroken ? await BrokenPromisesAsync(match, cancellationToken).ConfigureAwait(false)
            : [BuildErrors.Unsatisfied(context.Project, match.Stage, $"{reason}{Cure(match)}", null, [], context.Command)];
    }

    // A file with a number in it that all candidates promise.
    static string Cure(ChoiceMatch match)
    {
        var stage = match.Stage;
        if (match.Eligible < 2)
            return "";
        var number = stage.Promises.Where(p => p.Type == PromiseType.Number || p.Pointer is not null).MinBy(p => p.Path);
        return number is null
            ? $"; say which with <Matcher Include=\"{stage.Name}\" Select=\"Best\" Metric=\"FILE\" />, where FILE holds one number and "
                + $"each of them promises it (<Promise Include=\"FILE\" Stage=\"…\" Type=\"Number\" />), or name one stage in From"
            : $"; say which with <Matcher Include=\"{stage.Name}\" Select=\"Best\" "
                + $"Metric=\"{new Metric(number.Path, number.Pointer)}\" />, with Order=\"Min\" where less is better";
    }

    // The folder of a result and the cure stand in the first error only.
    async ValueTask<ImmutableArray<Diagnostic>> BrokenPromisesAsync(ChoiceMatch match, CancellationToken cancellationToken)
    {
        var judge = context.NewJudge();
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        var broken = match.Candidates.SelectMany(c => c.Broken.Select(b => (Result: c, Verdict: b))).GroupBy(x => x.Verdict.Promise.Item);
        foreach (var group in broken)
        {
            var promise = group.First().Verdict.Promise;
            var results = group.Select(x => x.Result).ToList();
            var nearest = results.Count == 1 ? null
                : await Shortfall.OfAsync(promise, results, judge, cancellationToken).ConfigureAwait(false);
            if (nearest is not null)
                results = [nearest.Best, .. results.Where(r => r != nearest.Best)];
            problems.Add(BrokenPromiseErrors.OfResults(
                context.Project, match.Stage, promise, nearest?.Text ?? BrokenPromiseErrors.Reasons([.. group.Select(x => x.Verdict)]),
                    results, problems.Count > 0 ? null : BrokenPromiseErrors.Kept(results, context.FolderOf(results[0].Tree))));
        }
        return problems.ToImmutable();
    }
}
