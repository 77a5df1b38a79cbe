using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>What builds report after <c>lightnix rm</c> and <c>lightnix unreject</c>.</summary>
public class RejectedResults
{
    [Fact]
    public async Task The_only_one_is_the_reason_of_the_run_that_replaces_it()
    {
        var bench = new Bench();
        bench.Stage("model", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture));
        var rejected = Reject(bench, await bench.BuildAsync(), "why not");

        await bench.BuildAsync();

        Assert.Equal("its only result was rejected: why not", Assert.Single(bench.Reasons));
        Assert.Equal($"{rejected.Short} was rejected (why not), and replicate 2 was made since",
            string.Join("; ", Assert.Single(bench.Events.OfType<BuildEvent.ChoiceChanged>()).Causes));
    }

    [Fact]
    public async Task A_stage_that_gives_the_same_again_counts_both_runs_and_names_the_rejection()
    {
        var bench = new Bench();
        bench.Stage("model", "train", _ => "same");
        var rejected = Reject(bench, await bench.BuildAsync(), "nope");

        await bench.BuildAsync();

        var error = Assert.Single(bench.Events.OfType<BuildEvent.Diagnosed>()).Diagnostic;
        Assert.Equal("LNX2005", error.Code);
        Assert.Contains(
            "2 of 2 replicates completed, 0 of them may be chosen (of 1 distinct result, 1 is rejected: nope); AtMost is 1, and 1 more in "
            + "place of what is rejected", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'lightnix unreject {rejected.Short}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_keeps_the_promise_which_all_others_break_is_named_with_its_reason()
    {
        var bench = new Bench();
        bench.Stage("model", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture), matcher: Best,
            promises: [Bench.Promise("result", min: 3)]);
        var rejected = Reject(bench, await bench.BuildAsync(), "x y");
        bench.Stage("model", "train", m => "1", matcher: Best, promises: [Bench.Promise("result", min: 3)]);

        await bench.BuildAsync();

        Assert.Equal(["LNX2001", "LNX2005"], bench.Errors);
        var unsatisfied = bench.Events.OfType<BuildEvent.Diagnosed>().Last().Diagnostic.Message;
        Assert.Contains($"{rejected.Short} was rejected by me (x y), which 'lightnix unreject {rejected.Short}' takes back", unsatisfied,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_to_choose_from_leaves_out_what_cannot_be_chosen()
    {
        var bench = new Bench();
        bench.Stage("model", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture), matcher: Bench.Best(4),
            promises: [Bench.Promise("result", min: 2)]);
        var first = await bench.BuildAsync();
        Assert.Equal(3, Assert.Single(bench.Events.OfType<BuildEvent.Selected>()).Candidates);
        Reject(bench, first, "overfitted");

        await bench.BuildAsync();

        Assert.Equal("5", bench.Result(await bench.BuildAsync(), "model"));
        Assert.Equal(3, Assert.Single(bench.Events.OfType<BuildEvent.Selected>()).Candidates);
    }

    [Fact]
    public async Task One_whose_rejection_was_taken_back_is_named_as_the_cause_of_the_choice()
    {
        var bench = new Bench();
        bench.Stage("model", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture), matcher: Bench.Best(3) with { AtMost = 5 });
        var best = Reject(bench, await bench.BuildAsync(), "a typo");
        bench.Stage("model", "train", _ => "0", matcher: Bench.Best(3) with { AtMost = 5 });
        var second = await bench.BuildAsync();
        var resolved = ((StageOutcome.Chosen)second[StageName.Parse("model")]).Selection.Resolved;
        Assert.NotEqual(best, Selection(second).Results[0].Realization);
        bench.Results.Unreject(resolved);

        await bench.BuildAsync();

        Assert.Equal($"replicate 3; {best.Short} can be chosen again: a rejection was taken back, or files were copied into the store",
            string.Join("; ", Assert.Single(bench.Events.OfType<BuildEvent.ChoiceChanged>()).Causes));
    }

    static Matcher Best => Bench.Best(3) with { AtMost = 3 };

    static Selection Selection(ImmutableDictionary<StageName, StageOutcome> outcomes) =>
        Assert.IsType<StageOutcome.Chosen>(outcomes[StageName.Parse("model")]).Selection;

    static Reference<Realization> Reject(Bench bench, ImmutableDictionary<StageName, StageOutcome> outcomes, string reason)
    {
        var selection = Selection(outcomes);
        bench.Results.Reject(selection.Resolved, new(selection.Results[0].Realization, reason, "me", DateTimeOffset.UnixEpoch));
        return selection.Results[0].Realization;
    }
}
