using System.Collections.Immutable;
using System.Globalization;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Two stages: a model that gets better with each replicate, and a report that reads it.</summary>
public abstract class LockedBench
{
    internal Bench Bench { get; } = new() { Lock = LockFile.None("p.lnproj") };

    internal void Declare(string command = "train", Matcher? matcher = null, double? min = null, string report = "report")
    {
        Bench.Stage("model", command, m => "0." + m.Replicate.ToString(CultureInfo.InvariantCulture), matcher: matcher, promises: min is null ? [] : [Bench.Promise("result", min)]);
        Bench.Stage("report", report, m => "report of " + m.Inputs["model"][0], ["model"]);
    }

    internal async Task<string> Result(string stage, string[]? update = null, bool locked = false) => Bench.Result(await Bench.BuildAsync(update: update, locked: locked), stage);

    /// <summary>The first replicate is pinned, and a better one is in the store.</summary>
    internal async Task PinTheFirst()
    {
        await Bench.BuildAsync();
        var first = Bench.Lock;
        await Bench.BuildAsync(again: ["model"]);
        await Bench.BuildAsync();
        Bench.Ran();
        Bench.Lock = first;
    }

    internal string[] Codes => [.. Bench.Errors];

    internal string Said => string.Join('\n', Bench.Events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic.Message));

    internal LockedStage Pins(string stage) => Bench.Lock!.Stages[StageName.Parse(stage)];
}

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
        Assert.Equal(["model: the lock file pins it"], Bench.Events.OfType<BuildEvent.ChoiceChanged>().Select(c => $"{c.Stage}: {c.Cause}"));
    }

    [Fact]
    public async Task Runs_nothing_for_a_matcher_that_only_another_store_satisfied()
    {
        Declare(matcher: Bench.Best(5));
        await Bench.BuildAsync();
        var pinned = Pins("model");
        var run = Bench.Results.History(pinned.Resolved).Runs.Single(r => r.Realization == pinned.Results[0].Realization);
        var resolved = Bench.Results.Find(pinned.Resolved)!;
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

public class An_update_of_one_stage : LockedBench
{
    [Fact]
    public async Task Chooses_that_one_again_and_leaves_the_others_pinned()
    {
        Declare();
        Bench.Stage("other", "other", m => m.Replicate.ToString(CultureInfo.InvariantCulture));
        await PinTheFirst();
        var first = Bench.Lock;
        await Bench.BuildAsync(again: ["other"]);
        Bench.Lock = first;

        Assert.Equal("0.2", await Result("model", update: ["model"]));

        Assert.False(first!.Stages[StageName.Parse("model")].SamePins(Pins("model")));
        Assert.True(first.Stages[StageName.Parse("other")].SamePins(Pins("other")));
    }

    [Fact]
    public async Task Is_what_another_run_is_too()
    {
        Declare();
        await PinTheFirst();

        await Bench.BuildAsync(again: ["model"]);

        Assert.Equal(["model#3"], Bench.Ran());
        Assert.Equal("0.3", Bench.Results.Read(Pins("model").Results[0].Tree, "result"));
    }
}

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
        Assert.Equal("the matcher of 'model' is not what the lock file pins: AtLeast was '2' and is '3', AtMost was '2' and is '3'. Undo the change, or build without LightnixLockedMode and commit the lock file", Said);

        Declare(matcher: new() { Select = Select.All, AtLeast = 2, AtMost = 2, LowestIsBest = true });
        await Bench.BuildAsync(locked: true);
        Assert.Equal(["LNX1012"], Codes);
        Assert.Contains(": Select was 'Best' and is 'All', Metric is gone, Order was 'Max' and is 'Min'.", Said, StringComparison.Ordinal);
        Assert.Equal("model", Bench.Events.OfType<BuildEvent.Diagnosed>().Single().Diagnostic.Item!.Include);

        // Of the stage, too, where that changed.
        Declare("train harder", new() { Select = Select.Exact, Realizations = ["0123"], AtLeast = 2, AtMost = 2 });
        await Bench.BuildAsync(locked: true);
        Assert.Equal(["LNX1012", "LNX1012"], Codes);
        Assert.Contains("Realizations is new", Said, StringComparison.Ordinal);
        Assert.Contains("Command was 'train'", Said, StringComparison.Ordinal);

        // Nobody asks for what reads it.
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
        Assert.Contains("stage 'model' is not what the lock file pins: Command was 'train' and is 'train harder'", Said, StringComparison.Ordinal);

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
        Bench.Results.Reject(Pins("model").Resolved, new(Pins("model").Results[1].Realization, "wrong data", "me", DateTimeOffset.UnixEpoch));
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
        Assert.Contains("stage 'report': what the lock file pins was built from something else than it pins for the inputs: input model changed (content)", Said, StringComparison.Ordinal);
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
