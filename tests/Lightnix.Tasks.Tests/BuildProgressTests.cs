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
            new BuildEvent.Running(Model, 3, 1, TimeSpan.FromSeconds(65), "epoch 7"),
            new BuildEvent.Completed(Model, 3, 1, TimeSpan.FromSeconds(72.4), "accuracy.txt = 0.953", 1),
            new BuildEvent.Completed(Model, 4, 1, TimeSpan.FromSeconds(2), null, 0) { Resumed = new(3, TimeSpan.FromHours(30)) });

        Assert.Equal(
            [
                "model: replicate 3 runs: it has never run",
                "model: replicate 3 is running, 1 min 5 s so far: epoch 7",
                "model: replicate 3 done in 1 min 12 s, accuracy.txt = 0.953, and breaks a promise",
                "model: replicate 4 done in 2.0 s (1 d 6 h with all 3 tries)",
            ],
            engine.Shown);
    }

    [Fact]
    public void A_compilation_is_named_while_it_goes_on() => Assert.Equal(
        ["model: the script of replicate 3 is being compiled, 10.0 s so far", "model: script compiled in 12.0 s"],
        Report(
            new BuildEvent.Running(Model, 3, 1, TimeSpan.FromSeconds(10), "") { IsCompiling = true },
            new BuildEvent.Compiled(Model, 3, 1, TimeSpan.FromSeconds(12)),
            new BuildEvent.Compiled(Model, 4, 1, null)).Shown);

    [Fact]
    public void What_is_reused_is_shown_to_those_who_ask()
    {
        var engine = Report(Reused(Split));

        Assert.Empty(engine.Shown);
        Assert.Contains(engine.Messages,
            m => m.Importance == MessageImportance.Normal && m.Message!.StartsWith("split: reused ", StringComparison.Ordinal));
    }

    [Fact]
    public void Errors_that_come_together_are_in_the_order_of_their_lines()
    {
        using var project = new TempProject("<Project />");
        project.Task<CheckStages>().Open(build =>
        {
            foreach (var line in new[] { 9, 3, 7 })
            {
                var twice = new Diagnostic("LNX1001", Severity.Error, "twice") { Place = new("a.lnproj", line, 1) };
                build.Progress.Report(new BuildEvent.Diagnosed(twice));
            }
        });

        Assert.Equal([3, 7, 9], project.Engine.Errors.Select(e => e.LineNumber));
    }

    static RecordingEngine Report(params BuildEvent[] events)
    {
        using var project = new TempProject("<Project />");
        project.Task<CheckStages>().Open(build => Array.ForEach(events, build.Progress.Report));
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
