using Lightnix.Matching;

namespace Lightnix.Realizing;

/// <summary>Diagnostics of a choice that could not choose.</summary>
sealed class ChoiceProblems(BuildContext context)
{
    public ImmutableArray<Diagnostic> Of(ChoiceMatch match)
    {
        if (!match.Decided.Problems.IsEmpty)
            return match.Decided.Problems;
        var reason = ((Decision.Unsatisfied)match.Decided.Decision).Reason;
        var isBroken = match.Eligible == 0 && match.Candidates.Any(c => !c.Broken.IsEmpty);
        return isBroken ? [.. BrokenPromises(match)]
            : [BuildErrors.Unsatisfied(context.Project, match.Stage, reason, null, [], context.Command)];
    }

    // The folder of a result and the cure stand in the first error only.
    IEnumerable<Diagnostic> BrokenPromises(ChoiceMatch match)
    {
        var broken = match.Candidates.SelectMany(c => c.Broken.Select(b => (Result: c, Verdict: b))).GroupBy(x => x.Verdict.Promise.Item);
        return broken.Select((group, i) => BrokenPromiseErrors.OfResults(
            context.Project, match.Stage, group.First().Verdict.Promise, BrokenPromiseErrors.Reasons([.. group.Select(x => x.Verdict)]),
                [.. group.Select(x => x.Result)], i == 0 ? context.FolderOf(group.First().Result.Tree) : null));
    }
}
