using System.Collections.Concurrent;
using Lightnix.Contracts;
using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Promises;

namespace Lightnix.Realizing;

/// <summary>Judges results for the matcher of one stage: by the promises of the stage, and by the metric of its matcher.</summary>
sealed class Judging(PlannedStage stage, IJudge judge)
{
    // What a choice inherits, the results of its candidates keep already.
    readonly ImmutableArray<Promise> _promises = [.. stage.Promises.Where(p => !p.IsInherited)];
    readonly ConcurrentDictionary<Question, Answer> _answers = new();

    /// <summary>Lets a matcher decide, and answers what it asks until it asks no more.</summary>
    /// <param name="candidates">Judged by what is answered so far.</param>
    public async ValueTask<(ImmutableArray<Judged> Candidates, T Decided)> DecideAsync<T>(
        Func<ImmutableArray<Judged>> candidates, Func<ImmutableArray<Judged>, (Decision Decision, T Decided)> decide,
            CancellationToken cancellationToken)
    {
        // Of this decision: runs that end at the same time may answer the same questions.
        var asked = new HashSet<Question>();
        while (true)
        {
            var judged = candidates();
            var (decision, decided) = decide(judged);
            if (decision is not Decision.Ask ask)
                return (judged, decided);
            if (ask.Questions.All(asked.Contains))
                throw new InvalidOperationException($"the matcher of '{stage.Name}' asks what is answered already: {ask.Questions[0]}");
            asked.UnionWith(ask.Questions);
            foreach (var question in ask.Questions.Where(q => !_answers.ContainsKey(q)))
                _answers[question] = await judge.AnswerAsync(question, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A result, judged by the answers so far.</summary>
    public Judged Judge(Reference<Realization> realization, Reference<Tree> tree, ImmutableArray<RunMark> runs)
    {
        var questions = Questions(tree).ToImmutableArray();
        var answers = questions.Select(q => _answers.GetValueOrDefault(q)).ToImmutableArray();
        var unknown = answers.OfType<Answer.Unknown>().FirstOrDefault()?.Why;
        var number = unknown is null ? answers.OfType<Answer.Number>().FirstOrDefault() : null;
        var broken = unknown is null ? Broken(answers) : [];
        var candidate = new Candidate(
            realization,
            runs,
            KeepsPromises: broken.IsEmpty && unknown is null,
            number?.Value,
            number?.Text,
            unknown ?? broken.SelectMany(v => v.Broken).FirstOrDefault() ?? number?.Problem)
        {
            Open = [.. questions.Where((_, i) => answers[i] is null)],
        };
        return new(candidate, tree, broken);
    }

    IEnumerable<Question> Questions(Reference<Tree> tree) =>
    [
        new Question.IsListed(tree),
        .. _promises.Select(p => new Question.Keeps(tree, p)),
        .. stage.Matcher.Metric is { } metric ? new Question[] { new Question.Measures(tree, metric) } : [],
    ];

    // In the order of the questions, after the one about the listing.
    ImmutableArray<Verdict> Broken(ImmutableArray<Answer?> answers) =>
        [.. _promises.Zip(answers.Skip(1), (p, a) => new Verdict(p, a is Answer.Verdict verdict ? verdict.Broken : []))
            .Where(v => !v.IsKept)];
}
