using Lightnix.Building;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>A stage that wants twenty replicates, and whose builder fails.</summary>
public sealed class BuildersThatNeverComplete : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    static string Twenty(string command, string select = "Latest", string metadata = "") => $$"""
        <Stage Include="bad" Command="{{command}}" {{metadata}} /><Promise Include="a" Stage="bad" />
        <Matcher Include="bad" Select="{{select}}" {{(select == "Quorum" ? "Take" : "AtLeast")}}="20" />
        """;

    [LinuxFact]
    public async Task Stop_after_two_failures()
    {
        // One run at a time: each begins when the one before it has ended.
        var built = await _site.BuildAsync(Twenty("echo run @{replicate}; echo wrong; exit 1", metadata: "Cores=\"1000\""));

        Assert.Equal(["bad#1", "bad#2"], built.Ran);
        Assert.Equal(2, built.Errors.Length);
        Assert.StartsWith("stage 'bad' (replicate 1) failed: exit code 1\n  | run 1\n  | wrong\n", built.Errors[0].Message,
            StringComparison.Ordinal);
        Assert.EndsWith("\n18 more replicates were not started: 2 replicates failed, and none has ever completed",
            built.Errors[0].Message, StringComparison.Ordinal);
        // What the first error has is not repeated.
        Assert.StartsWith("stage 'bad' (replicate 2) failed: exit code 1\n  | run 2\nThe whole log: ", built.Errors[1].Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("not started", built.Errors[1].Message, StringComparison.Ordinal);
        // The next build tries again.
        Assert.Equal(["bad#1", "bad#2"], (await _site.BuildAsync(Twenty("exit 1", metadata: "Cores=\"1000\""))).Ran);
    }

    [LinuxFact]
    public async Task Let_runs_end_that_have_begun()
    {
        // Four run at once, and one in place of the first that failed. The others end when two have failed.
        var go = _site["go"];
        var command = $"case @{{replicate}} in 1|2) exit 1;; *) until [ -e {go} ]; do sleep 0.05; done; exit 3;; esac";
        var events = new System.Collections.Concurrent.ConcurrentQueue<BuildEvent>();
        var building = _site.BuildAsync(Twenty(command), events: events);
        await Eventually.Is(() => events.OfType<BuildEvent.RunFailed>().Count() == 2, "two should fail");
        File.WriteAllText(go, "");
        var built = await building;

        var began = built.Ran.Length;
        Assert.InRange(began, 2, 5);
        Assert.Equal(began, built.Events.OfType<BuildEvent.RunFailed>().Count());
        Assert.Contains($"\n{20 - began} more replicates were not started", built.Errors[0].Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Go_on_where_one_completed_before()
    {
        const string good = "[ @{replicate} = 1 ] &amp;&amp; echo 1 > @{out}/a";
        Assert.True((await _site.BuildAsync(Twenty(good).Replace("20", "1", StringComparison.Ordinal))).Succeeded);

        var built = await _site.BuildAsync(Twenty(good));

        Assert.Equal(19, built.Ran.Length);
        Assert.DoesNotContain("not started", string.Concat(built.Errors.Select(e => e.Message)), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Stop_the_attempts_of_a_quorum_too()
    {
        var built = await _site.BuildAsync(Twenty("exit 1", "Quorum", "Cores=\"1000\""));

        Assert.Equal(2, built.Ran.Length);
        Assert.StartsWith("stage 'bad' (replicate 1, attempt 2) failed: exit code 1", built.Errors[1].Message, StringComparison.Ordinal);
        Assert.Contains(" more attempts were not started: 2 attempts failed", built.Errors[0].Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Have_their_errors_at_the_stage_that_they_ran_for()
    {
        var built = await _site.BuildAsync(Twenty("exit 1", metadata: "Cores=\"1000\"") + """
            <Stage Include="twin" Command="exit 1" Cores="1000" /><Promise Include="a" Stage="twin" />
            <Matcher Include="twin" AtLeast="5" />
            """);

        Assert.Equal(["bad#1", "bad#2"], built.Ran);
        Assert.Equal(1, built.Errors.Count(e => e.Message.Contains("\n18 more replicates", StringComparison.Ordinal)));
        Assert.Equal(
            "stage 'twin' failed: its runs are those of stage 'bad', which differs from it in name alone, and they failed as its errors say"
            + "\n3 more replicates were not started: 2 replicates failed, and none has ever completed",
            Assert.Single(built.Errors, e => e.Message.StartsWith("stage 'twin'", StringComparison.Ordinal)).Message);
    }

    [LinuxFact]
    public async Task Do_not_stop_other_stages()
    {
        var built = await _site.BuildAsync(Twenty("exit 1") + """
            <Stage Include="good" Command="echo @{seed} > @{out}/a" /><Promise Include="a" Stage="good" />
            <Matcher Include="good" AtLeast="5" />
            """);

        Assert.Equal(5, built.Ran.Count(r => r.StartsWith("good", StringComparison.Ordinal)));
        Assert.NotEmpty(_site.Result("good/a"));
    }
}
