using Lightnix.Explaining;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Running;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

public sealed class The_end_of_a_build
{
    static readonly StageName Split = StageName.Parse("split");
    static readonly StageName Model = StageName.Parse("model");
    static readonly StageName Report = StageName.Parse("report");
    static readonly StageName Page = StageName.Parse("page");
    static readonly Metric Accuracy = Metric.Parse("accuracy.txt");

    [Fact]
    public void Is_the_projects_line_with_what_ran_below() => Assert.Equal(
        $"""
        digits -> {Path.Combine("/work", "bin")}{Path.DirectorySeparatorChar}
            2 stages: 1 ran, 1 reused
            model: 2 runs, 3.0 s, accuracy.txt = 0.95, chosen from 2
        """,
        Shown(isWhole: true,
            new BuildEvent.Begun([Split, Model]),
            Reused(Split),
            Completed(Model, 1, 1),
            Completed(Model, 2, 2),
            new BuildEvent.Selected(Model, Choice("0.95"), 2, "accuracy.txt = 0.95", 2)));

    [Fact]
    public void Says_in_one_line_that_nothing_ran_with_the_metric() => Assert.Equal(
        ["2 stages: all reused, nothing to run (model: accuracy.txt = 0.95)"],
        Lines(isWhole: true, new BuildEvent.Begun([Split, Model]), Reused(Split), Reused(Model, "accuracy.txt = 0.95")));

    [Fact]
    public void Counts_the_metrics_of_many_stages_that_were_reused() => Assert.Equal(
        ["17 stages: all reused, nothing to run"],
        Lines(isWhole: true, [.. Enumerable.Range(1, 17).Select(i => Reused(StageName.Parse($"s{i}"), "accuracy.txt = 0.95"))]));

    [Fact]
    public void Of_a_project_without_stages_says_so() => Assert.Equal(["no stages: nothing to run"], Lines(isWhole: true));

    [Fact]
    public void Lists_what_ran_in_the_order_of_declaration_and_counts_the_rest()
    {
        var names = Enumerable.Range(1, 1000).Select(i => StageName.Parse($"s{i}")).ToImmutableArray();

        var lines = Lines(isWhole: true,
            [new BuildEvent.Begun(names), .. names.Reverse().Select(n => new BuildEvent.Selected(n, Choice(), 1, null, 1))]);

        Assert.StartsWith("1000 stages: 1000 ran, 0 reused", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("s1:", lines[1], StringComparison.Ordinal);
        Assert.Equal("and 980 more", lines[^1]);
    }

    [Fact]
    public void Says_after_a_failure_what_ran_what_was_not_tried_and_where_results_are() => Assert.Equal(
        [
            "4 stages: 1 reused, 1 failed, 2 not tried",
            "model: failed after 12 runs (11 completed), 13.0 s",
            "not tried: report, page (waiting for model)",
            $"what completed is kept in {Store}, and the next build goes on from there",
        ],
        Lines(isWhole: false,
            [
                new BuildEvent.Begun([Split, Model, Report, Page]),
                Reused(Split),
                .. Enumerable.Range(1, 11).Select(i => Completed(Model, i, 1)),
                new BuildEvent.RunFailed(Model, 12, 1, TimeSpan.FromSeconds(2), "exit code 1"),
                new BuildEvent.Skipped(Report, Model),
                new BuildEvent.Skipped(Page, Model),
                new BuildEvent.GivenUp(Model),
            ]));

    [Theory]
    [InlineData(1, "failed after 1 run, which broke a promise, 1.0 s")]
    [InlineData(12, "failed after 12 runs, which all broke a promise, 12.0 s")]
    public void Says_of_a_broken_promise_that_the_stage_has_run(int runs, string expected) => Assert.Equal(
        ["2 stages: 1 reused, 1 failed", $"model: {expected}"],
        Lines(isWhole: false,
            [
                new BuildEvent.Begun([Split, Model]),
                Reused(Split),
                .. Enumerable.Range(1, runs).Select(i => Completed(Model, i, 1) with { Broken = 1 }),
                new BuildEvent.GivenUp(Model),
            ])[..2]);

    [Fact]
    public void Shows_the_number_of_a_cell_that_a_choice_above_it_measures() => Assert.Equal(
        "model: 1 run, 1.0 s, accuracy.txt = 0.95",
        Lines(isWhole: true,
            Completed(Model, 1, 1) with { Metric = "accuracy.txt = 0.95" },
            new BuildEvent.Selected(Model, Choice(), 1, null, 1))[1]);

    [Fact]
    public void Says_after_Ctrl_C_what_was_stopped() => Assert.Equal(
        [
            "3 stages: 1 ran, 1 stopped, 1 not tried; 3 runs took 4.0 s",
            "split: 1 run, 1.0 s",
            "model: stopped after 2 runs, 3.0 s",
            "not tried: report",
            $"what completed is kept in {Store}, and the next build goes on from there",
        ],
        Lines(isWhole: false,
            new BuildEvent.Begun([Split, Model, Report]),
            new BuildEvent.Started(Split, 1, 1, "it was never built here"),
            Completed(Split, 1, 1),
            new BuildEvent.Selected(Split, Choice(), 1, null, 1),
            new BuildEvent.Started(Model, 1, 1, "it was never built here"),
            Completed(Model, 1, 1),
            Completed(Model, 2, 2),
            new BuildEvent.Started(Model, 3, 1, "it was never built here")));

    [Fact]
    public void Says_after_Ctrl_C_that_a_checkpoint_is_kept() => Assert.Equal(
        [
            "1 stage: 1 stopped",
            "model: stopped, its checkpoint is kept",
            $"what completed is kept in {Store}, and the next build goes on from there",
        ],
        Lines(isWhole: false, new BuildEvent.Begun([Model]),
            new BuildEvent.Started(Model, 1, 1, "it was never built here") { HasCheckpoint = true }));

    [Fact]
    public void Of_a_build_that_did_not_begin_is_its_errors() => Assert.Empty(Engine(isWhole: false).Shown);

    [Fact]
    public void Names_a_changed_choice_once_with_both_metrics_and_the_parameters_although_nothing_ran() => Assert.Equal(
        [
            "2 stages: all reused, nothing to run",
            "model: accuracy.txt 0.9619 → 0.9905 (replicate 3; parameter rate 0.1 → 0.05)",
            "other results than in the last build: report",
        ],
        Lines(isWhole: true,
            new BuildEvent.Begun([Model, Report]),
            Reused(Model, "accuracy.txt = 0.9905"),
            new BuildEvent.ChoiceChanged(Model, Choice("0.96190476"), Choice("0.99047619"), ["replicate 3", "parameter rate 0.1 → 0.05"]),
            Reused(Report),
            new BuildEvent.ChoiceChanged(Report, Choice(null, "a"), Choice(null, "b"), [])));

    [Fact]
    public void Names_the_stage_that_won_also_without_a_metric()
    {
        var changed = new BuildEvent.ChoiceChanged(Model, Choice(), ChoiceOf(Split), ["split won"]);

        Assert.Equal("model: another result is chosen (split won)", Lines(isWhole: true, Reused(Model), changed)[1]);
    }

    [Fact]
    public void Counts_a_new_choice_and_names_the_stage_that_won() => Assert.Equal(
        ["2 stages: 1 reused, 1 chosen", "model: split won, accuracy.txt = 0.95"],
        Lines(isWhole: true, new BuildEvent.Begun([Split, Model]), Reused(Split),
            Reused(Model, "accuracy.txt = 0.95") with { IsNew = true, Selection = ChoiceOf(Split) }));

    [Fact]
    public void Names_the_stage_whose_runs_it_has() => Assert.Equal("model: the run of split",
        Lines(isWhole: true, new BuildEvent.Selected(Model, Choice(), 1, null, 1) { MadeBy = Split })[1]);

    [Fact]
    public void Does_not_count_a_stage_that_was_not_asked_for_and_follows() => Assert.Equal(
        ["1 stage: all reused, nothing to run", "other results than in the last build: report"],
        Lines(isWhole: true, new BuildEvent.Begun([Split]), Reused(Split),
            new BuildEvent.ChoiceChanged(Report, Choice(null, "a"), Choice(null, "b"), [])));

    static Selection ChoiceOf(StageName won) => Choice() with
    {
        Choice = Choice().Choice with { Results = [Choice().Results[0] with { Winner = new(won, Parameters) }] },
    };

    static readonly ImmutableSortedDictionary<string, string> Parameters = ImmutableSortedDictionary<string, string>.Empty;

    [Fact]
    public void Of_a_plan_has_each_stage_once_with_the_reasons()
    {
        var lines = Lines(isWhole: true,
            new BuildEvent.Begun([Split, Model]),
            new BuildEvent.Planned(new(Model, PlannedAction.Run, Reason.Of("parameter rate was 0.1 and is 0.2"))),
            new BuildEvent.Planned(new(Split, PlannedAction.Reuse, Reason.None)));

        Assert.Equal(["plan of 2 stages: 1 reused (split)", "model: run", "    parameter rate was 0.1 and is 0.2"], lines);
    }

    [Fact]
    public void Of_a_plan_in_which_nothing_runs_says_so() => Assert.Equal(
        ["plan of 1 stage: all reused, nothing would run"],
        Lines(isWhole: true, new BuildEvent.Planned(new(Split, PlannedAction.Reuse, Reason.None))));

    const string Store = "/work/store";

    // Without the project's line and the indentation of all.
    static string[] Lines(bool isWhole, params BuildEvent[] events) =>
        [.. Shown(isWhole, events).Split('\n').Skip(1).Select(l => l[4..])];

    static string Shown(bool isWhole, params BuildEvent[] events) => Assert.Single(Engine(isWhole, events).Shown,
        m => m.StartsWith("digits -> ", StringComparison.Ordinal));

    static RecordingEngine Engine(bool isWhole, params BuildEvent[] events)
    {
        using var project = new TempProject("<Project />");
        project.Task<CheckStages>().Open(build =>
        {
            var log = new TaskLoggingHelper(project.Engine, "test");
            var progress = new BuildProgress(log, new(log, "", build.Declared, null!), null, new(Store));
            Array.ForEach(events, progress.Report);
            progress.Finish("digits", Path.Combine("/work", "bin"), isWhole);
        });
        return project.Engine;
    }

    static BuildEvent.Completed Completed(StageName stage, int replicate, double seconds) =>
        new(stage, replicate, 1, TimeSpan.FromSeconds(seconds), null, 0);

    static BuildEvent.Selected Reused(StageName stage, string? metric = null) => new(stage, Choice(), 0, metric, 1);

    static Selection Choice(string? metric = null, string tree = "t") => new(
        new(
            new(Digest.Of("d"u8)),
            [new(new(Digest.Of("x"u8)), new(Digest.Of("r"u8)), new(Digest.Of(System.Text.Encoding.UTF8.GetBytes(tree))), metric)],
            Plural: false),
        metric is null ? Matcher.Default : Matcher.Default with { Select = Select.Best, Metric = Accuracy },
        [],
        0);
}
