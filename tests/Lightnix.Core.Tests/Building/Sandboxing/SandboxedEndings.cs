using System.Diagnostics;

namespace Lightnix.Building;

/// <summary>Time limits, cancellation, and what is left behind, in a sandbox.</summary>
[Trait("Speed", "Slow")]
public sealed class SandboxedEndings : IDisposable
{
    /// <summary>Far less than the sleeps last, and enough for a busy machine.</summary>
    static readonly TimeSpan Seconds = TimeSpan.FromSeconds(60);

    readonly BuilderBench _bench = new(sandboxed: true);
    readonly Stopwatch _watch = new();

    public SandboxedEndings()
    {
        // Known by a variable of its own: the home is called alike in all sandboxes.
        _bench.Declared = _bench.Declared.Add("BENCH", _bench.Root);
        _bench.Builders.Sandbox.StateAsync().GetAwaiter().GetResult();
        _watch.Start();
    }

    public void Dispose() => _bench.Dispose();

    async Task AssertNoneLeft()
    {
        await Eventually.Is(() => !_bench.Alive().Any(), "somebody was left");
        Assert.True(_watch.Elapsed < Seconds, $"took {_watch.Elapsed}");
    }

    [SandboxFact]
    public async Task Time_limit_ends_all_of_them()
    {
        _bench.TimeLimit = TimeSpan.FromSeconds(2);
        Assert.Equal(new BuildOutcome.TimedOut(_bench.TimeLimit.Value),
            await _bench.Sh("echo started; setsid sleep 100 & trap '' TERM; sleep 100 & while :; do sleep 0.05; done"));
        await AssertNoneLeft();
        Assert.StartsWith("started\n", _bench.Log, StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task Many_left_behind_are_counted_and_not_all_named()
    {
        var failed = Assert.IsType<BuildOutcome.Failed>(
            await _bench.Sh("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do sleep 100 & done"));
        Assert.Equal("25 processes", failed.LeftBehind.Counted);
        Assert.EndsWith(") and 5 more", failed.LeftBehind.Listed, StringComparison.Ordinal);
        await AssertNoneLeft();
    }

    [SandboxFact]
    public async Task They_may_tidy_up()
    {
        _bench.TimeLimit = TimeSpan.FromSeconds(2);
        Assert.IsType<BuildOutcome.TimedOut>(await _bench.Sh("trap 'echo tidy; exit 0' TERM; while :; do sleep 0.05; done"));
        Assert.EndsWith("tidy\n", _bench.Log, StringComparison.Ordinal);
        await AssertNoneLeft();
    }

    [SandboxFact]
    public async Task Cancellation_leaves_no_process()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Sh("sleep 100 & sleep 100", cancel.Token));
        await AssertNoneLeft();
    }

    [SandboxFact]
    public async Task Those_left_behind_are_reported_and_ended_even_in_sessions_of_their_own()
    {
        var failed = Assert.IsType<BuildOutcome.Failed>(
            await _bench.Sh("setsid sh -c 'trap \"\" TERM; (sleep 100; :) & exec sleep 101' > /dev/null 2>&1 & echo done"));
        Assert.Equal(0, failed.ExitCode);
        Assert.All(failed.LeftBehind.Names, l => Assert.Matches(@"^(sleep|sh) \(\d+\)$", l));
        Assert.NotEmpty(failed.LeftBehind.Names);
        await AssertNoneLeft();
        Assert.Equal("done\n", _bench.Log);
    }

    [SandboxFact]
    public async Task Many_left_behind_are_counted_and_some_are_named()
    {
        var failed = Assert.IsType<BuildOutcome.Failed>(
            await _bench.Sh("perl -e 'for (1..3000) { if (!fork) { $0 = \"x\" x 15; sleep 100; exit } }'"));
        Assert.Matches(@"^it left 3000 processes behind: (x{15} \(\d+\), ){19}x{15} \(\d+\) and 2980 more$", failed.Reason);
        await AssertNoneLeft();
    }

    [SandboxFact]
    public async Task A_killed_build_takes_its_builders_with_it()
    {
        using (var build = Storage.OtherProcess.Start("", "build", _bench.Root,
            "trap '' TERM; setsid sleep 100 & echo started; (sleep 100; :) & sleep 101"))
        {
            await Eventually.Is(() => _bench.Log.Contains("started", StringComparison.Ordinal), "the builder did not start");
            Assert.NotEmpty(_bench.Alive());
            _watch.Restart();
            build.Kill();
        }
        await AssertNoneLeft();
    }

    [SandboxFact]
    public async Task A_build_that_is_killed_while_it_makes_a_sandbox_begins_nothing()
    {
        // The first call is the question whether there is a sandbox, the second the builder's: it waits until the build is dead.
        var programs = Directory.CreateDirectory(Path.Combine(_bench.Root, "programs")).FullName;
        var (asked, waits, goes, over) =
            (Path.Combine(programs, "asked"), Path.Combine(programs, "waits"), Path.Combine(programs, "goes"),
            Path.Combine(programs, "over"));
        var wrapper = Path.Combine(programs, "bwrap");
        File.WriteAllText(wrapper, $"""
            #!/bin/sh
            [ "$1" != --version ] || exec /usr/bin/bwrap --version
            if [ ! -e {asked} ]; then : > {asked}; exec /usr/bin/bwrap "$@"; fi
            : > {waits}
            while [ ! -e {goes} ]; do sleep 0.05; done
            /usr/bin/bwrap "$@"
            : > {over}
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(wrapper, (UnixFileMode)0x1ED);
        using (var build = Storage.OtherProcess.Start("", "build", _bench.Root, "echo x > out/a", $"{programs}:/usr/bin:/bin"))
        {
            await Eventually.Is(() => File.Exists(waits), "no sandbox was begun");
            build.Kill();
            await build.WaitForExitAsync();
        }
        await File.WriteAllTextAsync(goes, "");
        await Eventually.Is(() => File.Exists(over), "the sandbox did not end");
        Assert.Empty(Directory.GetFileSystemEntries(_bench.Out));
    }

    [SandboxFact]
    public void A_report_is_read_whatever_its_mode()
    {
        // Root may read everything.
        if (Environment.UserName != "root" || !Storage.Sh.Has("setpriv"))
            return;
        Storage.Sh.Run("chown -R 65534:65534 .", _bench.Root);
        var (code, printed) =
            Storage.OtherProcess.Run("65534", "build", _bench.Root, "chmod 0 /proc/2/fd/2 /proc/self/fd/1; sleep 100 & exit 0");
        Assert.True(code == 0, printed);
        Assert.Contains("it left a process behind: sleep", printed, StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task No_process_writes_after_the_end()
    {
        await _bench.Sh("(while :; do echo x >> out/a; done) & exit 3");
        var size = new FileInfo(Path.Combine(_bench.Out, "a")).Length;
        await Task.Delay(200);
        Assert.Equal(size, new FileInfo(Path.Combine(_bench.Out, "a")).Length);
    }

    [SandboxFact]
    public async Task The_last_of_a_pipeline_is_not_left_behind() =>
        Assert.IsType<BuildOutcome.Completed>(
            await _bench.Run(new Planning.Invocation.Shell("bash", "echo hi > >(sleep 0.1; cat > out/a)")));

    [SandboxFact]
    public async Task The_log_may_be_opened_by_name()
    {
        await _bench.Sh("echo a; echo b >> /dev/stderr; echo c > /dev/stdout; echo d >&2");
        Assert.EndsWith("c\nd\n", _bench.Log, StringComparison.Ordinal);
    }
}
