using Lightnix.Matching;
using Lightnix.Realizing;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Judges the results of a stage again, by the rules of its last choice, and ranks them.</summary>
public sealed class Standings(Store store)
{
    static readonly ImmutableArray<RunMark> AnyRun = [new(1, 1, 0)];

    readonly StoredResults _results = new(store, Root.None(""), remember: false);

    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public async Task<Standing> OfAsync(Root root, string stage, Selection selection, CancellationToken cancellationToken)
    {
        var name = StageName.Parse(stage);
        var known = JudgedBy.Of(name, selection);
        var rules = known ?? new JudgedBy(name, [], selection.Matcher);
        var judged = selection.Choice.IsAmongStages
            ? await AmongStagesAsync(root, rules, selection, cancellationToken).ConfigureAwait(false)
            : await new StageCandidates(rules, new PromiseJudge(_results, _results), _results)
                .JudgeAsync(store.Records.History(selection.Resolved), cancellationToken).ConfigureAwait(false);
        var trees = judged.ToDictionary(j => j.Candidate.Realization, j => j.Tree);
        var ranked = Ranking.Of(selection.Matcher, judged.Select(j => j.Candidate));
        var chosen = selection.Choice.Realizations.ToHashSet();
        return new(stage, selection.Matcher, [.. ranked.Select((c, i) => new StandingResult(
            c, chosen.Contains(c.Realization), LacksOf(selection, c, ranked, i), store.Trees.Contains(trees[c.Realization])))],
            known is not null);
    }

    // Candidates of a choice are what its root chose for the stages that it names; those of other projects are in their roots.
    async Task<ImmutableArray<Judged>> AmongStagesAsync(
        Root root, JudgedBy rules, Selection selection, CancellationToken cancellationToken)
    {
        var inputs = store.Records.Find(selection.Derivation)?.Inputs.Select(i => i.At).ToImmutableArray() ?? [];
        var named = inputs.Select((at, i) => (At: at, Place: i + 1, Of: root.Stages.GetValueOrDefault(at))).Where(n => n.Of is not null);
        var results = named.SelectMany(n => n.Of!.Results.Select(r => (n.Place, Stage: StageName.Parse(n.At), Result: r))).ToList();
        // Of another project, the winner is known.
        foreach (var other in selection.Results.Where(r => results.All(n => n.Result.Realization != r.Realization)))
            results.Add((results.Count + 1, other.Winner!.Stage, other));
        var judging = new Judging(rules, new PromiseJudge(_results, _results));
        return await judging.AllAsync(known => [.. results.DistinctBy(n => n.Result.Realization).Select(n => Judge(n, known))],
            cancellationToken).ConfigureAwait(false);

        Judged Judge((int Place, StageName Stage, ChosenResult Result) named, Func<Contracts.Question, Contracts.Answer?> known)
        {
            var judged = judging.Judge(named.Result.Realization, named.Result.Tree, AnyRun, known);
            return judged with { Candidate = judged.Candidate with { Stage = named.Stage, Place = named.Place } };
        }
    }

    static string? LacksOf(Selection selection, Candidate candidate, ImmutableArray<Candidate> ranked, int place)
    {
        if (selection.Choice.Realizations.Contains(candidate.Realization))
            return null;
        if (candidate.Rejection is { } why)
            return $"rejected: {why}";
        if (!candidate.IsEligible || (selection.Matcher.Metric is not null && candidate.Metric is null))
            return candidate.Ineligible ?? "its metric cannot be read";
        var last = ranked.Where(c => selection.Choice.Realizations.Contains(c.Realization)).Select(c => ranked.IndexOf(c))
            .DefaultIfEmpty(-1).Max();
        return place < last && selection.Matcher.Select != Select.Median
            ? "nothing: a lock file pins another one, or the next build chooses it" : Lacks(selection.Matcher, candidate, ranked, last);
    }

    static string Lacks(Matcher matcher, Candidate candidate, ImmutableArray<Candidate> ranked, int last) => matcher.Select switch
    {
        Select.Best when last >= 0 => Difference(candidate, ranked[last]),
        Select.Median => "it is not in the middle",
        Select.Latest => "it was made before",
        Select.Quorum => string.Create(CultureInfo.InvariantCulture,
            $"{candidate.Runs.Count(r => r.Replicate == 1)} of {matcher.Take} equal attempts"),
        Select.Exact => "the matcher does not name it",
        _ => "it is not the first",
    };

    static string Difference(Candidate candidate, Candidate chosen) => candidate.Metric == chosen.Metric
        ? "the same number, and a later place"
        : $"{Figure.Of(Math.Abs(candidate.Metric!.Value - chosen.Metric!.Value))} {(candidate.Metric < chosen.Metric ? "less" : "more")}";
}
