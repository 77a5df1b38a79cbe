using Lightnix.Explaining;
using Lightnix.Building;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Scenarios;

public sealed class BuildersThatFail : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Stop_what_needs_them_while_all_others_go_on()
    {
        var built = await _site.BuildAsync("""
            <Stage Include="bad" Command="echo oh; exit 3" /><Promise Include="a" Stage="bad" />
            <Stage Include="below" Command="cat @{bad/a} > @{out}/a" /><Promise Include="a" Stage="below" />
            <Stage Include="one" Command="sleep 0.3; echo 1 > @{out}/a" /><Promise Include="a" Stage="one" />
            <Stage Include="two" Command="cat @{one/a} > @{out}/a" /><Promise Include="a" Stage="two" />
            <Stage Include="three" Command="cat @{two/a} > @{out}/a" /><Promise Include="a" Stage="three" />
            """);

        Assert.Equal(["LNX2002"], built.Errors.Select(e => e.Code));
        Assert.Equal(["bad#1", "one#1", "three#1", "two#1"], built.Ran);
        Assert.Equal("1", _site.Result("three/a"));
        Assert.False(Directory.Exists(_site["project/bin/bad"]));
    }

    [LinuxFact]
    public async Task Are_tried_again_and_say_why_each_time()
    {
        var tries = _site["tries"];
        var items = $$"""
            <Stage Include="flaky" Retries="2" TimeLimit="00:00:02"
                   Command="echo x >> {{tries}}; case $(wc -l &lt; {{tries}}) in 1) echo first; printf unfinished; exit 7;;
                            2) echo second; sleep 60;; 3) echo third; exit 9;; *) echo fourth; echo ok > @{out}/a;; esac" />
            <Promise Include="a" Stage="flaky" />
            """;
        var failed = await _site.BuildAsync(items);

        var error = Assert.Single(failed.Errors);
        Assert.Equal("LNX2002", error.Code);
        Assert.Contains(
            "failed: exit code 9\n  | third\nTry 1 of 3: exit code 7\n  | first\n  | unfinished\nTry 2 of 3: ended after its TimeLimit of "
            + "00:00:02\n  | second\n", error.Message, StringComparison.Ordinal);
        Assert.Equal(["try 1 of 3: exit code 7", "try 2 of 3: ended after its TimeLimit of 00:00:02"],
            failed.Events.OfType<BuildEvent.Retried>().Select(r => $"{r.Try}: {r.Reason}"));
        using (var store = _site.Open())
        {
            var resolved = store.Roots.Read(_site.ProjectFile).Pending["flaky"];
            var failure = Assert.Single(store.Records.History(resolved).Failures);
            Assert.Equal("exit code 9 (try 3 of 3; before: exit code 7; ended after its TimeLimit of 00:00:02)", failure.Reason);
            Assert.Equal(2, failure.Facts.Retries);
            Assert.Equal(
                "first\nunfinished\nlightnix: try 1 of 3 failed: exit code 7\nsecond\nlightnix: try 2 of 3 failed: ended after its "
                    + "TimeLimit of 00:00:02\nthird\n",
                await File.ReadAllTextAsync(store.Records.FileOf(failure.Facts.Log!)));
        }
        Assert.True((await _site.BuildAsync(items)).Succeeded);
        Assert.Equal(4, File.ReadAllLines(tries).Length);
    }

    [LinuxFact]
    public async Task Without_having_run_are_not_said_to_have_printed_nothing()
    {
        _site.Write("project/x.txt", "");
        var built = await _site.BuildAsync("""
            <Stage Include="none" Script="x.txt" Interpreter="no-such-program" />
            <Stage Include="mute" Command="exit 1" />
            """);
        Assert.Equal(
            ["stage 'mute' failed: exit code 1. It printed nothing", "stage 'none' failed: 'no-such-program' is not on the path"],
            built.Errors.Select(e => e.Message.Split('\n')[0]).Order(StringComparer.Ordinal));
    }

    [LinuxFact]
    public async Task To_keep_several_promises_say_once_where_the_result_is()
    {
        var items = """
            <Stage Include="one" Command="echo 1 > @{out}/a; echo 2 > @{out}/b" />
            <Promise Include="a" Stage="one" Type="Number" Min="5" /><Promise Include="b" Stage="one" Type="Number" Min="5" />
            <Stage Include="two" Command="cat @{one/a} > @{out}/a" /><Promise Include="a" Stage="two" />
            <Stage Include="three" Command="cat @{two/a} > @{out}/a" /><Promise Include="a" Stage="three" />
            """;
        var built = await _site.BuildAsync(items);
        Assert.Equal(["LNX2001", "LNX2001"], built.Errors.Select(e => e.Code));
        Assert.Single(built.Errors, e => e.Message.Contains("The result is kept in", StringComparison.Ordinal));

        var plan = await _site.BuildAsync(items, BuildMode.Plan);
        Assert.Equal([PlannedAction.Fail, PlannedAction.Fail, PlannedAction.Fail],
            plan.Events.OfType<BuildEvent.Planned>().Select(p => p.Action));
    }
}
