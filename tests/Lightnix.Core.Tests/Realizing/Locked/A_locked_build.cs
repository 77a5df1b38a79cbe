using Lightnix.Explaining;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

public class A_locked_build : LockedBench
{
    [Fact]
    public async Task Selects_exactly_what_is_pinned_whatever_is_in_the_store()
    {
        Declare();
        await PinTheFirst();

        Assert.Equal("report of 0.1", await Result("report", locked: true));
        Assert.Empty(Bench.Ran());
        Assert.Empty(Codes);
    }

    [Fact]
    public async Task Names_each_field_of_a_matcher_that_changed_and_blames_nothing_below()
    {
        Declare(matcher: Bench.Best(2));
        await Bench.BuildAsync();
        Bench.Ran();

        Declare(matcher: Bench.Best(3));
        await Bench.BuildAsync(locked: true);
        Assert.Equal(
            "the matcher of 'model' is not what the lock file pins: AtLeast was '2' and is '3', AtMost was '2' and is '3'. Undo the "
            + "change, or build without LightnixLockedMode and commit the lock file", Said);

        Declare(matcher: new() { Select = Select.All, AtLeast = 2, AtMost = 2, LowestIsBest = true });
        await Bench.BuildAsync(locked: true);
        Assert.Equal(["LNX1012"], Codes);
        Assert.Contains(": Select was 'Best' and is 'All', Metric is gone, Order was 'Max' and is 'Min'.", Said,
            StringComparison.Ordinal);
        Assert.Equal("model", Bench.Events.OfType<BuildEvent.Diagnosed>().Single().Diagnostic.Item!.Include);

        // Of the stage, too, where that changed.
        Declare("train harder", new() { Select = Select.Exact, Realizations = ["0123"], AtLeast = 2, AtMost = 2 });
        await Bench.BuildAsync(locked: true);
        Assert.Equal(["LNX1012", "LNX1012"], Codes);
        Assert.Contains("Realizations is new", Said, StringComparison.Ordinal);
        Assert.Contains("Command was 'train'", Said, StringComparison.Ordinal);

        // The stage that reads it is not requested.
        await Bench.BuildAsync(plan: true, locked: true);
        var planned = Bench.Events.OfType<BuildEvent.Planned>().ToImmutableDictionary(p => p.Stage.ToString());
        Assert.Equal((2, "it needs model, which would fail"), (planned["model"].Why.Length, planned["report"].Why.Single()));
        Assert.Empty(Bench.Ran());
    }

    [Fact]
    public async Task Counts_the_pinned_tools_shell_and_day_and_not_those_of_this_machine()
    {
        Bench.Stage("a", "a", _ => "1", tools: ["awk"], epoch: "Daily");
        Bench.Stage("b", "b", m => m.One("a"), ["a"]);
        await Bench.BuildAsync();
        Bench.Ran();
        (Bench.Tools, Bench.Shell, Bench.Today) = (" 2.0", "cmd", "2026-11-23");

        var outcomes = await Bench.BuildAsync(locked: true);

        Assert.Empty(Codes);
        Assert.Equal("1", Bench.Result(outcomes, "b"));
        Assert.Empty(Bench.Ran());
        await Bench.BuildAsync();
        Assert.Equal(["a#1", "b#1"], Bench.Ran());
    }

    [Fact]
    public async Task Names_the_stage_and_the_field_that_changed_and_not_what_only_depends_on_it()
    {
        Declare();
        await PinTheFirst();

        Declare("train harder");
        await Bench.BuildAsync(locked: true);
        Assert.Equal(["LNX1012"], Codes);
        Assert.Contains("stage 'model' is not what the lock file pins: Command was 'train' and is 'train harder'", Said,
            StringComparison.Ordinal);

        Declare("train harder", report: "report more");
        await Bench.BuildAsync(locked: true);
        Assert.Equal(["LNX1012", "LNX1012"], Codes);
        Assert.Contains("Command was 'report' and is 'report more'.", Said, StringComparison.Ordinal);
        Assert.Empty(Bench.Ran());

        Bench.Results.Derivations.Clear();
        await Bench.BuildAsync(locked: true);
        Assert.Equal(["LNX1012"], Codes);
        Assert.Contains("What changed cannot be said", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_a_tool_that_was_added()
    {
        Bench.Stage("a", "a", _ => "1");
        await Bench.BuildAsync();

        Bench.Stage("a", "a", _ => "1", tools: ["awk"]);
        await Bench.BuildAsync(locked: true);

        Assert.Contains("tool awk is new", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_stages_that_were_added_and_removed()
    {
        Declare();
        await PinTheFirst();

        Bench.Remove("report");
        Bench.Stage("graph", "graph", m => m.One("model"), ["model"]);
        await Bench.BuildAsync(locked: true);

        Assert.Equal(["LNX1012", "LNX1012"], Codes);
        Assert.Contains("stage 'graph' is not in the lock file", Said, StringComparison.Ordinal);
        Assert.Contains("pins the stage 'report', which the project does not have", Said, StringComparison.Ordinal);
        Assert.Equal(7, Bench.Events.OfType<BuildEvent.Diagnosed>().Single(d => d.Diagnostic.Item is null).Diagnostic.Place!.Line);
    }

    [Fact]
    public async Task Does_not_override_promises()
    {
        Declare();
        await PinTheFirst();

        Declare(min: 0.2);
        await Bench.BuildAsync(locked: true);

        Assert.Equal(["LNX2001"], Codes);
        Assert.Contains("which the lock file pins", Said, StringComparison.Ordinal);
        Assert.Equal("report", Assert.Single(Bench.Events.OfType<BuildEvent.Skipped>()).Stage.ToString());
    }

    [Fact]
    public async Task Says_what_this_store_lacks()
    {
        Declare();
        await PinTheFirst();
        var model = Pins("model");

        Bench.Results.Evict(model.Results[0].Tree);
        await Bench.BuildAsync(locked: true);
        Assert.Equal(["LNX1012"], Codes);
        Assert.Contains("which was collected from the store", Said, StringComparison.Ordinal);

        Bench.Results.Forget(model.Resolved);
        await Bench.BuildAsync(locked: true);
        Assert.Equal(["LNX1012"], Codes);
        Assert.Contains("which is not in the store", Said, StringComparison.Ordinal);
        Assert.Empty(Bench.Ran());
    }

    [Fact]
    public async Task Refuses_what_was_rejected_and_several_where_one_is_wanted()
    {
        Declare(matcher: new() { Select = Select.All });
        await PinTheFirst();
        await Bench.BuildAsync(update: ["model"]);
        Assert.Equal(2, Pins("model").Results.Length);

        // By hand: the matcher is that of today.
        var all = Bench.Lock!;
        Bench.Lock = all with { Stages = all.Stages.SetItem(StageName.Parse("model"), Pins("model") with { Matcher = Matcher.Default }) };
        Declare();
        await Bench.BuildAsync(locked: true);
        Assert.Contains("pins 2 realizations, and the matcher Latest is for one", Said, StringComparison.Ordinal);
        Bench.Lock = all;

        Declare(matcher: new() { Select = Select.All });
        Bench.Results.Reject(Pins("model").Resolved,
            new(Pins("model").Results[1].Realization, "wrong data", "me", DateTimeOffset.UnixEpoch));
        await Bench.BuildAsync(locked: true);
        Assert.Equal(["LNX1012"], Codes);
        Assert.Contains("was rejected (wrong data)", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_merge_of_pins_that_do_not_belong_together()
    {
        Declare();
        await PinTheFirst();
        var ours = Bench.Lock!;
        await Bench.BuildAsync(update: ["model"]);
        var theirs = Bench.Lock!;

        Bench.Lock = ours with { Stages = ours.Stages.SetItem(StageName.Parse("report"), theirs.Stages[StageName.Parse("report")]) };
        await Bench.BuildAsync(locked: true);

        Assert.Equal(["LNX1012"], Codes);
        Assert.Contains(
            "stage 'report': what the lock file pins was built from something else than it pins for the inputs: input model changed "
            + "(content)", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_some_stages_looks_at_no_others()
    {
        Declare();
        await PinTheFirst();

        Declare(report: "report more");
        var outcomes = await Bench.BuildAsync(only: ["model"], locked: true);

        Assert.Empty(Codes);
        Assert.Equal("0.1", Bench.Result(outcomes, "model"));
        Assert.IsType<StageOutcome.Absent>(outcomes[StageName.Parse("report")]);
    }

    [Fact]
    public async Task Is_planned_without_an_error()
    {
        Declare();
        await PinTheFirst();
        await Bench.BuildAsync(plan: true, locked: true);
        Assert.All(Bench.Events.OfType<BuildEvent.Planned>(), p => Assert.Equal(PlannedAction.Reuse, p.Action));

        Declare("train harder");
        await Bench.BuildAsync(plan: true, locked: true);

        Assert.Empty(Codes);
        var planned = Bench.Events.OfType<BuildEvent.Planned>().ToImmutableDictionary(p => p.Stage.ToString());
        Assert.Equal([PlannedAction.Fail, PlannedAction.Fail], planned.Values.Select(p => p.Action));
        Assert.Contains("Command was 'train'", planned["model"].Why.Single(), StringComparison.Ordinal);
        Assert.Equal("it needs model, which would fail", planned["report"].Why.Single());
    }

    [Fact]
    public async Task Fails_only_the_stage_whose_history_is_damaged_and_what_needs_it()
    {
        Declare();
        Bench.Stage("other", "other", _ => "o");
        await PinTheFirst();
        Bench.Results.Damage(Pins("model").Resolved);

        var outcomes = await Bench.BuildAsync(locked: true);

        Assert.Equal(["LNX3001"], Codes);
        Assert.IsType<StageOutcome.Chosen>(outcomes[StageName.Parse("other")]);
    }
}
