using Lightnix.Model;

namespace Lightnix.Explaining;

public sealed class Causes_apart_from_consequences
{
    static readonly Cause Command = new("Command", "a", "b");

    [Fact]
    public void Are_counted_once_for_all_cells_of_a_matrix()
    {
        var roots = RootCauses.Of([Changed("train-1", Command), Changed("train-2", Command), Waits("model", "train-1")]);

        var cause = Assert.Single(roots.Causes);
        Assert.Equal(["train-1", "train-2"], cause.Stages.Select(s => s.ToString()));
        Assert.Equal(["model"], roots.Following.Select(s => s.ToString()));
    }

    [Fact]
    public void Are_contents_of_inputs_only_where_the_input_is_up_to_date()
    {
        var input = new Cause("input split/a.csv", "1", "2") { Aspect = Cause.Content };

        Assert.Equal(input, Assert.Single(RootCauses.Of([Changed("model", input)]).Causes).Cause);
        var roots = RootCauses.Of([Changed("Split", Command), Changed("model", input)]);
        Assert.Equal(Command, Assert.Single(roots.Causes).Cause);
        Assert.Equal(["model"], roots.Following.Select(s => s.ToString()));
    }

    [Fact]
    public void Of_another_project_are_named_where_its_stage_is_known_and_else_sentences()
    {
        var input = new Cause("input lib.up/o", "1", "2") { Aspect = Cause.Content };
        var own = Changed("own", input) with { Explained = ["lib.up"] };

        Assert.Equal(["up"], Assert.Single(RootCauses.Of([own, Changed("up", Command)]).Causes).Stages.Select(s => s.ToString()));
        var waits = new StageReason(StageName.Parse("own"), PlannedAction.MayRun, new() { Waits = [StageName.Parse("up").Of("lib")] });
        Assert.Equal("lib:up of another project is not up to date (why lib:up)", Assert.Single(RootCauses.Of([waits]).Causes).Text);
    }

    [Fact]
    public void Are_sentences_where_nothing_changed()
    {
        var lacks = new StageReason(StageName.Parse("model"), PlannedAction.Run, new() { Lacks = "3 of 5 replicates completed", Runs = 2 });

        Assert.Equal("3 of 5 replicates completed", Assert.Single(RootCauses.Of([lacks]).Causes).Text);
    }

    [Fact]
    public void Of_rules_are_fields_and_of_roots_without_them_a_sentence()
    {
        var (a, b) = (Rules(0, 5), Rules(0.5, 6));

        Assert.Equal(["promise accuracy.txt Min was '0' and is '0.5'", "matcher AtLeast was '5' and is '6'"],
            Differences.Between(a, b).Select(c => c.ToString()));
        Assert.Equal("the promises changed (what they were is not recorded)",
            Differences.Between(a with { Demands = [] }, b)[0].ToString());

        static ChoiceRules Rules(double min, int atLeast) => new(
            new() { AtLeast = atLeast, AtMost = atLeast }, [Hashing.Digest.Of(BitConverter.GetBytes(min))],
            [RecordedPromise.Of(new()
            {
                Path = RelativePath.Parse("accuracy.txt"),
                Item = new(ItemKind.Promise, "accuracy.txt", DeclaredItem.NoMetadata, 0),
                Min = min,
            })]);
    }

    [Theory]
    [InlineData(Select.Best, 5, "best of 5 by accuracy.txt")]
    [InlineData(Select.Latest, 1, "latest")]
    [InlineData(Select.Median, 3, "median of 3 by accuracy.txt")]
    public void Name_the_matcher_in_words(Select select, int atLeast, string expected) => Assert.Equal(expected,
        MatcherText.Of(new()
        {
            Select = select,
            AtLeast = atLeast,
            AtMost = atLeast,
            Metric = new(RelativePath.Parse("accuracy.txt"), null),
        }));

    static StageReason Changed(string stage, Cause cause) =>
        new(StageName.Parse(stage), PlannedAction.Run, new() { Changes = [cause] });

    static StageReason Waits(string stage, string input) =>
        new(StageName.Parse(stage), PlannedAction.MayRun, new() { Waits = [StageName.Parse(input)] });
}
