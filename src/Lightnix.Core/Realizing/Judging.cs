using System.Collections.Concurrent;
using Lightnix.Contracts;
using Lightnix.Matching;
using Lightnix.Promises;

namespace Lightnix.Realizing;

/// <summary>Judges results for the matcher of one stage: by the promises of the stage, and by the metric of its matcher.</summary>
sealed class Judging(JudgedBy rules, IJudge judge)
{
    // What a choice inherits, the results of its candidates keep already.
    readonly ImmutableArray<Promise> _promises = [.. rules.Promises.Where(p => !p.IsInherited).Distinct()];
    readonly ConcurrentDictionary<Question, Answer> _answers = new();

    /// <summary>Lets a matcher decide, and answers what it asks until it asks no more.</summary>
    /// <param name="candidates">Judged by what is known: the answer to a question, null where there is none yet.</param>
    public async ValueTask<(ImmutableArray<Judged> Candidates, T Decided)> DecideAsync<T>(
        Func<Func<Question, Answer?>, ImmutableArray<Judged>> candidates,
        Func<ImmutableArray<Judged>, (Decision Decision, T Decided)> decide,
        CancellationToken cancellationToken)
    {
        // Of this decision: runs that end at the same time may answer the same questions. What is not known now may be known after a run.
        var asked = new Dictionary<Question, Answer>();
        while (true)
        {
            var judged = candidates(q => asked.GetValueOrDefault(q) ?? _answers.GetValueOrDefault(q));
            var (decision, decided) = decide(judged);
            if (decision is not Decision.Ask ask)
                return (judged, decided);
            if (ask.Questions.All(asked.ContainsKey))
                throw new InvalidOperationException($"the matcher of '{rules.Stage}' asks what is answered already: {ask.Questions[0]}");
            foreach (var question in ask.Questions.Where(q => !asked.ContainsKey(q)))
            {
                asked[question] = _answers.GetValueOrDefault(question)
                    ?? await judge.AnswerAsync(question, cancellationToken).ConfigureAwait(false);
                if (asked[question] is not Answer.Unknown)
                    _answers[question] = asked[question];
            }
        }
    }

    /// <summary>Every candidate, all questions about it answered.</summary>
    public async ValueTask<ImmutableArray<Judged>> AllAsync(
        Func<Func<Question, Answer?>, ImmutableArray<Judged>> candidates, CancellationToken cancellationToken)
    {
        var (judged, _) = await DecideAsync(candidates, AskAll, cancellationToken).ConfigureAwait(false);
        return judged;
    }

    /// <summary>Decides nothing, and asks all that is open.</summary>
    public static (Decision Decision, bool Decided) AskAll(ImmutableArray<Judged> candidates) =>
        (candidates.SelectMany(c => c.Candidate.Open).ToImmutableArray() is { IsEmpty: false } open ? new Decision.Ask(open)
            : new Decision.Unsatisfied(""), true);

    /// <summary>A result, judged by what is known.</summary>
    public Judged Judge(Reference<Realization> realization, Reference<Tree> tree, ImmutableArray<RunMark> runs,
        Func<Question, Answer?> known)
    {
        ImmutableArray<(Question Question, Answer? Answer)> asked = [.. Questions(tree).Select(q => (q, known(q)))];
        var answers = asked.Select(a => a.Answer);
        var unknown = answers.OfType<Answer.Unknown>().FirstOrDefault()?.Why;
        var number = unknown is null ? answers.OfType<Answer.Number>().FirstOrDefault() : null;
        ImmutableArray<Verdict> broken = unknown is not null ? []
            : [.. asked.Select(a => VerdictOf(a.Question, a.Answer)).OfType<Verdict>().Where(v => !v.IsKept)];
        var candidate = new Candidate(
            realization,
            runs,
            KeepsPromises: broken.IsEmpty && unknown is null,
            number?.Value,
            number?.Text,
            unknown ?? broken.SelectMany(v => v.Broken).FirstOrDefault() ?? number?.Problem)
        {
            Unknown = unknown,
            Open = [.. asked.Where(a => a.Answer is null).Select(a => a.Question)],
        };
        return new(candidate, tree, broken);
    }

    IEnumerable<Question> Questions(Reference<Tree> tree) =>
    [
        new Question.IsListed(tree),
        .. _promises.Select(p => new Question.Keeps(tree, p)),
        .. rules.Matcher.Metric is { } metric ? new Question[] { new Question.Measures(tree, metric) } : [],
    ];

    static Verdict? VerdictOf(Question question, Answer? answer) =>
        question is Question.Keeps keeps && answer is Answer.Verdict verdict ? new(keeps.Promise, verdict.Broken) : null;
}
