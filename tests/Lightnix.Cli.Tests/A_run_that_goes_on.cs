using System.Text.Json;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What <c>status</c> and <c>log --follow</c> show of a build in another process.</summary>
public sealed class A_run_that_goes_on : IDisposable
{
    readonly BuiltTool _tool = new();
    readonly string _gate;

    public A_run_that_goes_on() => _gate = Path.Combine(_tool.Farm.Folder, "gate");

    public void Dispose() => _tool.Dispose();

    // Replicates wait until a file is there. The farm has two cores, and five replicates.
    Task<(bool Succeeded, string[] Ran)> Build(string end = "", string matcher = Farm.Best) =>
        Task.Run(() => _tool.Farm.Build(matcher, $"before; while [ ! -e {_gate} ]; do sleep 0.02; done; echo after {end}; echo"));

    async Task<JsonElement[]> Running(int count)
    {
        JsonElement[] all = [];
        await Eventually.Is(() => (all = [.. _tool.Json(0, "status").EnumerateArray()]).Length == count
            && all.All(a => a.GetProperty("line").GetString() == "before"), $"there are not {count} runs");
        return all;
    }

    void Open() => File.WriteAllText(_gate, "");

    [Fact]
    public async Task Is_shown_with_its_number_its_time_and_its_last_line()
    {
        var build = Build();

        var all = await Running(2);

        Assert.Equal(["1 of 5", "2 of 5"], all.Select(a => $"{a.GetProperty("replicate")} of {a.GetProperty("of")}"));
        var who = $"{Environment.UserName}@{Environment.MachineName}";
        Assert.All(all, a => Assert.Equal((_tool.Farm.Project, "model", Environment.ProcessId, who),
            (a.GetProperty("project").GetString(), a.GetProperty("stage").GetString(), a.GetProperty("process").GetInt32(),
                a.GetProperty("who").GetString())));
        var lines = _tool.Run("status").Output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{_tool.Farm.Project}\tmodel\t1\t5\t1\t", lines[0], StringComparison.Ordinal);
        Assert.Contains("\tbefore\t", lines[0], StringComparison.Ordinal);
        Assert.Equal("", _tool.Run("status", "--project", "/elsewhere").Output);
        await Eventually.Is(() => _tool.Json(0, "status").EnumerateArray().Max(a => a.GetProperty("queued").GetInt32()) == 3,
            "the three that wait for cores are not counted");

        Open();
        Assert.True((await build).Succeeded);
        Assert.Equal((0, "", ""), _tool.Run("status"));
    }

    [Fact]
    public async Task Is_seen_by_a_user_who_may_only_read()
    {
        if (Environment.UserName != "root")
            return;
        var build = Build();
        await Running(2);

        var (code, output, error) = _tool.RunAsAnother("status");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(2, output.Split("\tbefore\t").Length - 1);
        Open();
        Assert.True((await build).Succeeded);
    }

    [Fact]
    public async Task Is_not_shown_when_its_build_was_killed()
    {
        var build = Build();
        await Running(2);
        _tool.Farm.Sh("cp -r work saved; cp -r locks saved-locks");
        Open();
        Assert.True((await build).Succeeded);

        // What a killed build leaves: its notes, its logs and the files of its locks.
        _tool.Farm.Sh("cp -r saved/. work; cp -r saved-locks/. locks; rm -r saved saved-locks");

        Assert.NotEqual("", _tool.Farm.Sh("find work -name '*.activity'"));
        Assert.Equal((0, "", ""), _tool.Run("status"));
        Assert.Equal(0, _tool.Run("log", "model", "--follow").Code);
    }

    [Fact]
    public async Task Waits_for_the_process_that_makes_the_same_run()
    {
        const string one = """<Matcher Include="model" Select="Latest" />""";
        var first = Build(matcher: one);
        await Running(1);
        var second = Build(matcher: one);

        await Eventually.Is(() => _tool.Run("status").Output.Contains("makes the same run", StringComparison.Ordinal), "nothing waits");

        Open();
        await first;
        await second;
    }

    [Fact]
    public async Task Is_followed_from_the_beginning_to_its_end()
    {
        var build = Build();
        await Running(2);
        using var follow = _tool.Start("log", "model", "--follow");
        Assert.Equal("before", await follow.StandardOutput.ReadLineAsync());

        Open();

        Assert.StartsWith("after", await follow.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Contains("follows replicate 1; also running: 2", await follow.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        await follow.WaitForExitAsync();
        Assert.Equal(0, follow.ExitCode);
        Assert.True((await build).Succeeded);
        Assert.Equal(0, _tool.Run("log", "model", "-f").Code);
    }

    [Fact]
    public async Task Is_named_as_running_before_it_has_a_result()
    {
        _tool.Farm.Sh("rm -r roots; mkdir roots");
        var build = Build();
        await Running(2);

        var (code, _, error) = _tool.Run("log", "model");

        Assert.Contains("'model' runs now and has no result yet: ", error, StringComparison.Ordinal);
        Assert.Contains("log model --follow", error, StringComparison.Ordinal);
        Assert.Equal(2, code);
        Open();
        Assert.True((await build).Succeeded);
    }

    [Fact]
    public async Task Ends_with_its_failure()
    {
        var build = Build("; exit 3");
        await Running(2);
        using var follow = _tool.Start("log", "model", "-f", "--replicate", "2");
        Assert.Equal("before", await follow.StandardOutput.ReadLineAsync());

        Open();

        Assert.Contains("replicate 2 failed", await follow.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
        await follow.WaitForExitAsync();
        Assert.Equal(1, follow.ExitCode);
        Assert.False((await build).Succeeded);
        Assert.Equal((1, 0), (_tool.Run("log", "model", "-f").Code, _tool.Run("log", "model").Code));
    }

    [Fact]
    public async Task Changes_are_lines_without_a_terminal()
    {
        using var status = _tool.Start("status", "--follow", "--json");
        var build = Build();
        Assert.Equal(["1 began", "2 began"], [await NextAsync(), await NextAsync()]);
        Open();
        Assert.True((await build).Succeeded);

        // Others may be too short to be seen.
        var seen = new HashSet<string>();
        while (!seen.IsSupersetOf(["1 completed", "2 completed"]))
            seen.Add(await NextAsync());

        _tool.Farm.Sh($"kill -INT {status.Id}");
        await status.WaitForExitAsync();

        Assert.Equal(0, status.ExitCode);

        async Task<string> NextAsync()
        {
            var change = JsonDocument.Parse((await status.StandardOutput.ReadLineAsync())!).RootElement;
            return $"{change.GetProperty("replicate")} {change.GetProperty("change")}";
        }
    }
}
