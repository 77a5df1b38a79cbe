using Lightnix.Explaining;
using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Promises;

namespace Lightnix.Realizing;

/// <summary>The decision about a choice in a build, with what it was made from.</summary>
/// <param name="Candidates">The contestants, judged.</param>
public sealed record ChoiceMatch(
    PlannedStage Stage, ImmutableArray<Judged> Candidates, ImmutableArray<Contestant> Contestants, ChooserDecision Decided)
{
    /// <summary>Stages that the choice names and that have no result, sorted.</summary>
    public ImmutableArray<StageName> Missing { get; init; } = [];

    /// <summary>How many candidates could be chosen.</summary>
    public int Eligible => Candidates.Count(c => c.Candidate.IsEligible);

    /// <summary>The choice, as a root keeps it.</summary>
    public Selection ToSelection(Decision.Selected selected) => new(
        new(Stage.Reference, [.. selected.Realizations.Select(Result)], Stage.Matcher.IsPlural),
        Stage.Matcher,
        PromiseKey.Of(Stage.Promises),
        Known: 0)
    {
        Demands = Stage.Demands,
        Reads = [.. Stage.Promises.Where(p => !p.IsDecidedByListing).Select(p => p.Path).Distinct().Order()],
        Missing = Missing,
        IsPinned = Decided.IsPinned,
    };

    /// <summary>Why the choice is not what it was, as <c>train-2 won</c> and <c>parameter rate 0.1 → 0.05</c>.</summary>
    public ImmutableArray<string> CausesOf(Selection before, Selection now)
    {
        var winners = now.Results.Select(r => r.Winner!.Stage).Except(before.Results.Select(r => r.Winner?.Stage).OfType<StageName>())
            .Select(stage => $"{stage} won");
        var rules = now.IsPinned ? [ChoiceCause.ByLockFile] : RulesOf(before, now);
        return [.. rules, .. winners, .. now.Choice.Plural || before.Results[0].Winner is not { } former || IsOfOneStage(before, now) ? []
            : Differences.Between(former, now.Results[0].Winner!).Select(c => c.Brief)];
    }

    /// <summary>True where one stage won both times: then its own differences explain the change.</summary>
    public static bool IsOfOneStage(Selection before, Selection now) =>
        !now.Choice.Plural && before.Results[0].Winner?.Stage == now.Results[0].Winner!.Stage;

    IEnumerable<string> RulesOf(Selection before, Selection now) =>
    [
        .. ChoiceCause.RulesOf(before, now),
        .. before.Results.Where(r => !now.Choice.Realizations.Contains(r.Realization)).Select(WhyNot).OfType<string>(),
    ];

    string? WhyNot(ChosenResult former)
    {
        var stage = former.Winner?.Stage;
        var there = Candidates.FirstOrDefault(c => c.Candidate.Realization == former.Realization)?.Candidate;
        return there switch
        {
            { Ineligible: { } why } => $"{former.Realization.Short} of {there.Stage} can no longer be chosen ({why})",
            not null => null,
            _ when stage is null => "the stage is a choice now",
            _ when Missing.Contains(stage) => $"{stage} has no result",
            _ when Contestants.Any(c => c.Result.Winner!.Stage == stage) => $"{stage} has another result",
            _ => $"{stage} is no candidate any more",
        };
    }

    ChosenResult Result(Reference<Realization> realization) =>
        Contestants.First(c => c.Result.Realization == realization).Result with
        {
            Metric = Candidates.First(c => c.Candidate.Realization == realization).Candidate.MetricText,
        };
}
