using Lightnix.Contracts;
using Lightnix.Hashing;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>A matcher of the future, a judge that reads no file, and trees of which no byte is here.</summary>
public class MatchersThatAsk
{
    static readonly PlannedStage Stage = LnProj.Stage("""<Stage Include="a" Command="true" /><Promise Include="f" Stage="a" />""", "a");

    static readonly History Three = new([Run(1), Run(2), Run(3)], [], []);

    [Fact]
    public async Task Are_answered_until_they_ask_no_more()
    {
        var judge = new FakeJudge(tree => tree == Three.Runs[0].Tree);

        var (_, decision) = await DecideAsync(judge, new NewestThatKeepsItsPromises());

        Assert.Equal([Three.Runs[0].Realization], Assert.IsType<Decision.Selected>(decision).Realizations.ToArray());
        Assert.Equal([3, 2, 1], judge.Asked.Select(NumberOf).Distinct());
    }

    [Fact]
    public async Task Are_asked_about_nothing_that_they_need_not_know()
    {
        var judge = new FakeJudge(_ => true);

        await DecideAsync(judge, new NewestThatKeepsItsPromises());

        Assert.All(judge.Asked, q => Assert.Equal(3, NumberOf(q)));
    }

    [Fact]
    public async Task Ask_everything_once_where_they_are_of_todays_kinds()
    {
        var judge = new FakeJudge(_ => true);

        var (_, decision) = await DecideAsync(judge, null);

        Assert.Equal([Three.Runs[2].Realization], Assert.IsType<Decision.Selected>(decision).Realizations.ToArray());
        Assert.Equal(3 * 2, judge.Asked.Count);
    }

    [Fact]
    public async Task Make_a_choice_of_which_no_byte_is_here()
    {
        var (candidates, decision) = await DecideAsync(new FakeJudge(_ => true), null);
        var match = new StageMatch(new(Stage, Resolved, Demand.Realize), candidates, new(decision, false, null), [], []);

        var choice = match.ToSelection(Assert.IsType<Decision.Selected>(decision)).Choice;

        Assert.Equal(new ChosenResult(Three.Runs[2].Realization, Resolved.Reference, Three.Runs[2].Tree, null),
            Assert.Single(choice.Results));
    }

    [Fact]
    public async Task Fail_where_they_ask_what_is_answered_already() =>
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await DecideAsync(new FakeJudge(_ => true), new NeverContent()));

    static async Task<(ImmutableArray<Judged> Candidates, Decision Decision)> DecideAsync(FakeJudge judge, IMatcherKind? kind) =>
        await new StageCandidates(JudgedBy.Of(Stage), judge, new NoTrees()).DecideAsync(Three, judged =>
        {
            var candidates = judged.Select(j => j.Candidate);
            var decision = kind?.Decide(Candidates.Of(Matcher.Default, candidates, ImmutableHashSet<NextRun>.Empty))
                ?? MatcherKinds.Decide(Matcher.Default, candidates, ImmutableHashSet<NextRun>.Empty);
            return (decision, decision);
        }, CancellationToken.None);

    static readonly ResolvedStage Resolved = new(new() { Builder = Stage.Derivation.Builder }, new(Digest.Of([9])), [], Derivation.NoTexts);

    static Run Run(int number) => new(
        new()
        {
            Resolved = new(Digest.Of([9])),
            Derivation = Stage.Reference,
            Replicate = number,
            Order = number,
            Nonce = $"{number}",
            Start = DateTimeOffset.UnixEpoch,
            End = DateTimeOffset.UnixEpoch,
            Host = new("h", "s", "linux-x64", "p", 2, "1"),
        },
        new(Digest.Of([(byte)number])));

    static int NumberOf(Question question) => Three.Runs.Single(r => r.Tree == TreeOf(question)).Facts.Replicate;

    static Reference<Tree> TreeOf(Question question) => question switch
    {
        Question.IsListed listed => listed.Tree,
        Question.Keeps keeps => keeps.Tree,
        Question.Measures measures => measures.Tree,
        _ => throw new ArgumentOutOfRangeException(nameof(question)),
    };

    sealed class FakeJudge(Func<Reference<Tree>, bool> keeps) : IJudge
    {
        public List<Question> Asked { get; } = [];

        public ValueTask<Answer> AnswerAsync(Question question, CancellationToken cancellationToken)
        {
            Asked.Add(question);
            return new(question is Question.Keeps asked ? new Answer.Verdict(keeps(asked.Tree) ? [] : ["no"]) : new Answer.Known());
        }
    }

    sealed class NewestThatKeepsItsPromises : IMatcherKind
    {
        public bool AnotherRunMayHelp => true;

        public Decision Decide(Candidates candidates)
        {
            foreach (var candidate in candidates.All.OrderByDescending(c => c.Runs.Max(r => r.Order)))
            {
                if (!candidate.Open.IsEmpty)
                    return new Decision.Ask(candidate.Open);
                if (candidate.IsEligible)
                    return new Decision.Selected([candidate.Realization], null);
            }
            return new Decision.Unsatisfied("none keeps its promises");
        }

        public NextRun Next(Candidates candidates) => new(4, 1);

        public bool Wants(Candidates candidates, Candidate candidate) => true;
    }

    sealed class NeverContent : IMatcherKind
    {
        public bool AnotherRunMayHelp => true;

        public Decision Decide(Candidates candidates) => new Decision.Ask([new Question.IsListed(Three.Runs[0].Tree)]);

        public NextRun Next(Candidates candidates) => new(4, 1);

        public bool Wants(Candidates candidates, Candidate candidate) => true;
    }

    sealed class NoTrees : ITrees
    {
        public bool Contains(Reference<Tree> tree) => false;

        public Tree? Find(Reference<Tree> tree) => null;

        public IResultFiles Open(Tree tree) => throw new InvalidOperationException("nothing is here");
    }
}
