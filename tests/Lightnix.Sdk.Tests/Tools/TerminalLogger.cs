using System.Text.RegularExpressions;
using Microsoft.Build.Logging.StructuredLogger;

namespace Lightnix.Sdk;

/// <summary>What is shown, and where.</summary>
public sealed class TerminalLogger(TerminalLogger.Builds builds) : IClassFixture<TerminalLogger.Builds>
{
    [Fact]
    public void Shows_what_ran_under_the_projects_line()
    {
        Assert.True(builds.First.Says("1 stage: 1 ran, 0 reused"), builds.First.ToString());
        Assert.Matches(@"model: 1 run, \d+\.\d s, score = 0\.5", builds.First.Text);
    }

    [Fact]
    public void Shows_that_nothing_ran() =>
        Assert.True(builds.Second.Says("1 stage: all reused, nothing to run (model: score = 0.5)"), builds.Second.ToString());

    [Fact]
    public void Shows_the_targets_name_where_no_run_lasts() => Assert.True(builds.First.Says("LightnixRealize"), builds.First.ToString());

    [Fact]
    public void Shows_a_run_that_lasts_with_the_last_line_of_its_builder_and_keeps_a_line_of_each_run()
    {
        Assert.True(Regex.IsMatch(builds.Slow.Text, @"0/2.* slow [12]/2 .*s: epoch"), builds.Slow.ToString());
        Assert.True(builds.Slow.Says("  slow: replicate 2 done in "), builds.Slow.ToString());
        Assert.True(builds.Slow.Says("2 stages: 1 ran, 1 failed; 3 runs took "), builds.Slow.ToString());
        Assert.Matches("test .*failed with 1 error", builds.Slow.Text);
    }

    [Fact]
    public void Quiet_is_quiet() => Assert.DoesNotContain("model", builds.Quiet.Text.Split('\n', 2)[1], StringComparison.Ordinal);

    [Fact]
    public void A_binary_log_shows_what_was_reused()
    {
        var messages = new List<string>();
        BinaryLog.ReadBuild(builds.BinaryLogFile).VisitAllChildren<Message>(m => messages.Add(m.Text));

        Assert.Contains(messages,
            m => m.StartsWith("model: reused ", StringComparison.Ordinal) && m.EndsWith("score = 0.5", StringComparison.Ordinal));
        // A node each, and not one for each line.
        Assert.Single(messages, m => m.StartsWith("model: derivation ", StringComparison.Ordinal)
            && m.Contains("echo 0.5 > @{out}/score", StringComparison.Ordinal));
        Assert.Single(messages,
            m => m.StartsWith("model: resolved derivation ", StringComparison.Ordinal) && m.Contains("): sh", StringComparison.Ordinal));
    }

    public sealed class Builds : Playground
    {
        public Builds()
        {
            Write("data/data.lnproj", ProjectCreator.Lightnix()
                .Stage("model", "echo 0.5 > @{out}/score", "score")
                .Item("Matcher", "model", ("Select", "Best"), ("Metric", "score")));
            First = Succeed("build", "data/data.lnproj", "-tl:on");
            BinaryLogFile = PathOf("build.binlog");
            Second = Succeed("build", "data/data.lnproj", "-tl:on", $"-bl:{BinaryLogFile}");
            Write("data/slow.lnproj", ProjectCreator.Lightnix()
                .Stage("slow", "for i in 1 2 3 4 5 6; do echo epoch $i; sleep 1; done; echo 1 > @{out}/a", "a")
                .Stage("after", "exit @{slow/a}")
                .Item("Matcher", "slow", ("AtLeast", "2")));
            Slow = Fail("build", "data/slow.lnproj", "-tl:on");
            Quiet = Succeed("build", "data/data.lnproj", "-tl:off", "-v:q");
        }

        public BuildOutput First { get; }

        public BuildOutput Second { get; }

        public BuildOutput Slow { get; }

        public BuildOutput Quiet { get; }

        public string BinaryLogFile { get; }
    }
}
