using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Running;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

public sealed class BuildProgressTests
{
    static readonly StageName Model = StageName.Parse("model");
    static readonly StageName Split = StageName.Parse("split");

    [Fact]
    public void What_runs_is_shown_to_everybody()
    {
        var engine = Report(
            new BuildEvent.Started(Model, 3, 1, "it has never run"),
            new BuildEvent.Running(Model, 3, TimeSpan.FromSeconds(65)),
            new BuildEvent.Completed(Model, 3, 1, TimeSpan.FromSeconds(72.4), "accuracy.txt = 0.953", 1));

        Assert.Equal(
            [
                "model: replicate 3 runs: it has never run",
                "model: replicate 3 is running, 1 min 5 s so far",
                "model: replicate 3 done in 1 min 12 s, accuracy.txt = 0.953, and breaks a promise",
            ],
            engine.Shown);
    }

    [Fact]
    public void What_is_reused_is_shown_to_those_who_ask()
    {
        var engine = Report(Reused(Split));

        Assert.Empty(engine.Shown);
        Assert.Contains(engine.Messages,
            m => m.Importance == MessageImportance.Normal && m.Message!.StartsWith("split: reused ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_line_is_the_projects_with_a_summary_of_what_ran()
    {
        var engine = Finish(
            Reused(Split),
            new BuildEvent.Completed(Model, 1, 1, TimeSpan.FromSeconds(1), "accuracy.txt = 0.9", 0),
            new BuildEvent.Completed(Model, 2, 1, TimeSpan.FromSeconds(2), "accuracy.txt = 0.95", 0),
            new BuildEvent.Selected(Model, Choice(), 2, "accuracy.txt = 0.95", 2));

        Assert.Equal(
            $"digits -> {Path.Combine("/work", "bin")}{Path.DirectorySeparatorChar}\n    2 stages: 1 ran, 1 reused (split)\n    model: 2 "
                + "runs, 3.0 s, accuracy.txt = 0.95, chosen from 2",
            engine.Shown.Last());
    }

    [Fact]
    public void A_project_without_stages_reuses_nothing() =>
        Assert.EndsWith("\n    no stages: nothing to run", Assert.Single(Finish().Shown), StringComparison.Ordinal);

    [Fact]
    public void A_second_build_says_in_two_lines_that_it_ran_nothing()
    {
        var engine = Finish(Reused(Split), Reused(Model));

        Assert.EndsWith("\n    2 stages: all reused, nothing to run", Assert.Single(engine.Shown), StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_stages_that_ran_are_not_listed_one_by_one()
    {
        var engine = Finish(
            [.. Enumerable.Range(1, 1000).Select(i => new BuildEvent.Selected(StageName.Parse($"s{i}"), Choice(), 1, null, 1))]);

        var last = engine.Shown.Last();
        Assert.Contains("1000 stages: 1000 ran, 0 reused", last, StringComparison.Ordinal);
        Assert.EndsWith("and 980 more", last, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_choice_is_in_the_summary_with_its_cause()
    {
        var engine = Finish(
            Reused(Model),
            new BuildEvent.ChoiceChanged(Model, Choice(), Choice("other"), "replicate 6 was made"));

        Assert.Contains(": replicate 6 was made", engine.Shown.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_says_why()
    {
        var engine = Report(new BuildEvent.Planned(Model, PlannedAction.Run, ["parameter rate was 0.1 and is 0.2"]));

        Assert.Equal(["model: run\n    parameter rate was 0.1 and is 0.2"], engine.Shown);
    }

    [Fact]
    public void A_plan_is_in_the_projects_line_because_the_terminal_logger_shows_nothing_else()
    {
        var engine = Finish(
            new BuildEvent.Planned(Split, PlannedAction.Reuse, []),
            new BuildEvent.Planned(Model, PlannedAction.Run, ["parameter rate was 0.1 and is 0.2"]));

        Assert.EndsWith("\n    plan of 2 stages: 1 reused (split)\n    model: run\n        parameter rate was 0.1 and is 0.2",
            engine.Shown.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_in_which_nothing_runs_says_so()
    {
        var engine = Finish(new BuildEvent.Planned(Split, PlannedAction.Reuse, []));

        Assert.EndsWith("\n    plan of 1 stage: all reused, nothing would run", engine.Shown.Last(), StringComparison.Ordinal);
    }

    static RecordingEngine Report(params BuildEvent[] events)
    {
        using var project = new TempProject("<Project />");
        project.Task<CheckStages>().Open(build => Array.ForEach(events, build.Progress.Report));
        return project.Engine;
    }

    static RecordingEngine Finish(params BuildEvent[] events)
    {
        using var project = new TempProject("<Project />");
        project.Task<CheckStages>().Open(build =>
        {
            Array.ForEach(events, build.Progress.Report);
            build.Progress.Finish("digits", Path.Combine("/work", "bin"));
        });
        return project.Engine;
    }

    static BuildEvent.Selected Reused(StageName stage) => new(stage, Choice(), 0, null, 1);

    static Selection Choice(string text = "x") => new(
        new(
            new(Digest.Of("d"u8)),
            [new(new(Digest.Of(System.Text.Encoding.UTF8.GetBytes(text))), new(Digest.Of("r"u8)), new(Digest.Of("t"u8)), null)],
            Plural: false),
        Matcher.Default,
        [],
        0);
}
