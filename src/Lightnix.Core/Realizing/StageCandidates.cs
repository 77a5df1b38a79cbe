using System.Collections.Concurrent;
using Lightnix.Contracts;
using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Promises;

namespace Lightnix.Realizing;

/// <summary>The results of one stage as its matcher sees them. Each is judged once, and only as far as the matcher asks.</summary>
public sealed class StageCandidates(PlannedStage stage, IJudge judge, ITrees trees)
{
    readonly ConcurrentDictionary<Question, Answer> _answers = new();

    /// <summary>Lets a matcher decide, and answers what it asks until it asks no more.</summary>
    /// <param name="decide">The decision for candidates, of which some may not be judged yet.</param>
    public async ValueTask<(ImmutableArray<Judged> Candidates, T Decided)> DecideAsync<T>(
        History history, Func<ImmutableArray<Judged>, (Decision Decision, T Decided)> decide, CancellationToken cancellationToken)
    {
        // Of this decision: runs that end at the same time may answer the same questions. What is not known now may be known after a run.
        var asked = new Dictionary<Question, Answer>();
        while (true)
        {
            var candidates = Of(history, asked);
            var (decision, decided) = decide(candidates);
            if (decision is not Decision.Ask ask)
                return (candidates, decided);
            if (ask.Questions.All(asked.ContainsKey))
                throw new InvalidOperationException($"the matcher of '{stage.Name}' asks what is answered already: {ask.Questions[0]}");
            foreach (var question in ask.Questions.Where(q => !asked.ContainsKey(q)))
            {
                asked[question] = _answers.GetValueOrDefault(question)
                    ?? await judge.AnswerAsync(question, cancellationToken).ConfigureAwait(false);
                if (asked[question] is not Answer.Unknown)
                    _answers[question] = asked[question];
            }
        }
    }

    /// <summary>Every realization of a history, all of them judged, sorted by reference.</summary>
    public async ValueTask<ImmutableArray<Judged>> JudgeAsync(History history, CancellationToken cancellationToken)
    {
        var (candidates, _) = await DecideAsync(history, AskAll, cancellationToken).ConfigureAwait(false);
        return candidates;

        static (Decision, bool) AskAll(ImmutableArray<Judged> candidates) =>
            (candidates.SelectMany(c => c.Candidate.Open).ToImmutableArray() is { IsEmpty: false } open ? new Decision.Ask(open)
                : new Decision.Unsatisfied(""), true);
    }

    ImmutableArray<Judged> Of(History history, Dictionary<Question, Answer> asked)
    {
        var rejected = history.Rejections.GroupBy(r => r.Realization).ToDictionary(g => g.Key, g => g.MaxBy(r => r.When)!.Reason);
        var replicates = history.Runs.ToLookup(r => r.Facts.Replicate);
        return [.. history.Runs.GroupBy(r => r.Tree).Select(g => Judge(g.Key, [.. g], rejected, replicates, asked))
            .OrderBy(c => c.Candidate.Realization)];
    }

    Judged Judge(Reference<Tree> tree, ImmutableArray<Run> runs, Dictionary<Reference<Realization>, string> rejected,
        ILookup<int, Run> replicates, Dictionary<Question, Answer> asked)
    {
        var questions = Questions(tree).Distinct().ToImmutableArray();
        var answers = questions.ToDictionary(q => q, q => asked.GetValueOrDefault(q) ?? _answers.GetValueOrDefault(q));
        var unknown = answers.Values.OfType<Answer.Unknown>().FirstOrDefault()?.Why;
        var number = unknown is null ? answers.Values.OfType<Answer.Number>().FirstOrDefault() : null;
        ImmutableArray<Verdict> broken = unknown is not null ? []
            : [.. answers.Select(a => VerdictOf(a.Key, a.Value)).OfType<Verdict>().Where(v => !v.IsKept)];
        var other = Other(tree, runs, replicates);
        var lost = other is null ? null : FormattableString.Invariant(
            $"it was collected from the store, and attempt {other.Facts.Attempt} of replicate {other.Facts.Replicate} gave another result");
        var candidate = new Candidate(
            runs[0].Realization,
            [.. runs.Select(r => new RunMark(r.Facts.Replicate, r.Facts.Attempt, r.Facts.Order)).OrderBy(m => m.Replicate)
                .ThenBy(m => m.Attempt)],
            KeepsPromises: broken.IsEmpty && unknown is null,
            number?.Value,
            number?.Text,
            lost ?? unknown ?? broken.SelectMany(v => v.Broken).FirstOrDefault() ?? number?.Problem)
        {
            Rejection = rejected.GetValueOrDefault(runs[0].Realization),
            Lost = other is not null,
            Unknown = unknown,
            Open = [.. questions.Where(q => answers[q] is null)],
        };
        return new(candidate, tree, broken);
    }

    IEnumerable<Question> Questions(Reference<Tree> tree) =>
    [
        new Question.IsListed(tree),
        .. stage.Promises.Select(p => new Question.Keeps(tree, p)),
        .. stage.Matcher.Metric is { } metric ? new Question[] { new Question.Measures(tree, metric) } : [],
    ];

    static Verdict? VerdictOf(Question question, Answer? answer) =>
        question is Question.Keeps keeps && answer is Answer.Verdict verdict ? new(keeps.Promise, verdict.Broken) : null;

    // A collected tree does not come back where its replicate, run again since, gave another. Records alone say so: no build tries in vain
    // twice, and a tree that is there again is chosen as before.
    Run? Other(Reference<Tree> tree, ImmutableArray<Run> runs, ILookup<int, Run> replicates)
    {
        var (replicate, last) = (runs.Min(r => r.Facts.Replicate), runs.Max(r => r.Facts.Order));
        var other = replicates[replicate].FirstOrDefault(r => r.Tree != tree && r.Facts.Order > last);
        return other is null || trees.Contains(tree) ? null : other;
    }
}
