using Lightnix.Explaining;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

public class A_build_with_a_lock_file : LockedBench
{
    [Fact]
    public async Task Chooses_what_is_pinned_although_something_newer_is_in_the_store()
    {
        Declare();
        await PinTheFirst();

        Assert.Equal("report of 0.1", await Result("report"));

        Assert.Empty(Bench.Ran());
        Assert.All(Bench.Events.OfType<BuildEvent.Selected>(), s => Assert.True(s.Selection.IsPinned));
        Assert.Equal(["model: the lock file pins it", "report: input model changed (content)"],
            Bench.Events.OfType<BuildEvent.ChoiceChanged>().Select(c => $"{c.Stage}: {string.Join("; ", c.Causes)}"));
    }

    [Fact]
    public async Task Runs_nothing_for_a_matcher_that_only_another_store_satisfied()
    {
        Declare(matcher: Bench.Best(5));
        await Bench.BuildAsync();
        var pinned = Pins("model");
        var run = Bench.Results.HistoryOf(pinned.Resolved).Runs.Single(r => r.Realization == pinned.Results[0].Realization);
        var resolved = (await Bench.Results.FindAsync(pinned.Resolved, CancellationToken.None))!;
        Bench.Results.Forget(pinned.Resolved);
        Bench.Results.Add(run, resolved);
        Bench.Ran();

        Assert.Equal("0.5", await Result("model"));

        Assert.Empty(Bench.Ran());
    }

    [Fact]
    public async Task Chooses_again_and_pins_that_where_the_stage_changed()
    {
        Declare();
        await PinTheFirst();

        Declare("train harder");
        await Bench.BuildAsync();

        Assert.Equal(["model#1"], Bench.Ran());
        Assert.Equal(Bench.Plan.Find(StageName.Parse("model"))!.Reference, Pins("model").Derivation);
        Assert.Empty(Codes);
    }

    [Fact]
    public async Task Chooses_again_where_the_matcher_changed_and_not_where_only_a_promise_did()
    {
        Declare();
        await PinTheFirst();

        Declare(min: 0.1);
        Assert.Equal("0.1", await Result("model"));

        Declare(min: 0.1, matcher: Bench.Best(1));
        Assert.Equal("0.2", await Result("model"));
        Assert.Equal("report of 0.2", await Result("report"));
    }

    [Fact]
    public async Task Chooses_again_and_says_so_where_what_is_pinned_breaks_a_promise_or_was_rejected()
    {
        Declare();
        await PinTheFirst();
        var pinned = Pins("model");

        Declare(min: 0.2);
        Assert.Equal("0.2", await Result("model"));
        Assert.Contains("which breaks its promises", Assert.Single(Bench.Events.OfType<BuildEvent.Hint>()).Text, StringComparison.Ordinal);

        Declare();
        Bench.Lock = Bench.Lock! with { Stages = Bench.Lock.Stages.SetItem(StageName.Parse("model"), pinned) };
        Bench.Results.Reject(pinned.Resolved, new(pinned.Results[0].Realization, "wrong data", "me", DateTimeOffset.UnixEpoch));
        Assert.Equal("0.2", await Result("model"));
        Assert.Contains("which was rejected", Assert.Single(Bench.Events.OfType<BuildEvent.Hint>()).Text, StringComparison.Ordinal);
        Assert.False(pinned.SamePins(Pins("model")));
    }

    [Fact]
    public async Task Runs_what_this_store_lacks_and_finds_the_pinned_again()
    {
        Declare(matcher: Bench.Best(3));
        await Bench.BuildAsync();
        var before = Bench.Lock!.ToText();
        Bench.Results.Forget(Pins("model").Resolved);
        Bench.Ran();

        await Bench.BuildAsync();

        Assert.Equal(["model#1", "model#2", "model#3"], Bench.Ran());
        Assert.Equal(before, Bench.Lock!.ToText());
        Assert.Empty(Bench.Events.OfType<BuildEvent.Diagnosed>());
    }

    [Fact]
    public async Task Warns_and_leaves_the_lock_file_where_this_store_cannot_have_what_is_pinned()
    {
        Declare();
        await Bench.BuildAsync();
        var pinned = Pins("model");
        var before = Bench.Lock!.ToText();
        Bench.Results.Forget(pinned.Resolved);
        Bench.Stage("model", "train", _ => "another each time");
        Bench.Stage("report", "report", m => "report of " + m.Inputs["model"][0], ["model"]);

        Assert.Equal("report of another each time", await Result("report"));

        var warning = Assert.Single(Bench.Events.OfType<BuildEvent.Diagnosed>()).Diagnostic;
        Assert.Equal(("LNX1012", Severity.Warning), (warning.Code, warning.Severity));
        Assert.Contains("is not in the store", warning.Message, StringComparison.Ordinal);
        Assert.Contains("-p:LightnixUpdate=model", warning.Message, StringComparison.Ordinal);
        Assert.Equal(before, Bench.Lock.ToText());

        await Bench.BuildAsync(update: ["model"]);
        Assert.Empty(Bench.Events.OfType<BuildEvent.Diagnosed>());
        Assert.NotEqual(before, Bench.Lock.ToText());
    }

    [Fact]
    public async Task Makes_an_evicted_one_again_and_warns_when_it_comes_out_otherwise()
    {
        Declare();
        await PinTheFirst();
        Bench.Results.Evict(Pins("model").Results[0].Tree);
        Assert.Equal("0.1", await Result("model"));
        Assert.Equal(["model#1"], Bench.Ran());

        Bench.Results.Evict(Pins("model").Results[0].Tree);
        Bench.Stage("model", "train", _ => "0.7");
        Bench.Stage("report", "report", m => "report of " + m.Inputs["model"][0], ["model"]);
        await Bench.BuildAsync();

        Assert.Contains("was collected from the store", Said, StringComparison.Ordinal);
        Assert.Empty(Codes);
    }

    [Fact]
    public async Task Keeps_the_pins_of_stages_that_were_not_asked_for_and_no_longer_fit()
    {
        Declare();
        await Bench.BuildAsync();
        var first = Bench.Lock;
        await Bench.BuildAsync(again: ["model"]);
        Bench.Ran();
        Bench.Lock = first;
        var report = Pins("report");

        await Bench.BuildAsync(only: ["model"], update: ["model"]);

        Assert.Equal("0.2", Bench.Results.Read(Pins("model").Results[0].Tree, "result"));
        Assert.True(report.SamePins(Pins("report")));
        await Bench.BuildAsync(locked: true);
        Assert.Empty(Bench.Ran());
        Assert.Equal(["LNX1012"], Codes);
        Assert.Contains("input model", Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_to_reuse_what_is_pinned()
    {
        Declare(matcher: Bench.Best(1));
        await PinTheFirst();

        await Bench.BuildAsync(plan: true);

        Assert.All(Bench.Events.OfType<BuildEvent.Planned>(), p => Assert.Equal(PlannedAction.Reuse, p.Action));
    }
}
