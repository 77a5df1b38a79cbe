using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>Builds that somebody ends from outside while builders run, which have children and daemons.</summary>
public sealed class BuildsThatAreEnded : Playground
{
    static readonly TimeSpan Seconds = TimeSpan.FromSeconds(20);

    [Fact]
    public void By_sigterm_end_their_builders_keep_what_is_finished_and_do_not_succeed()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Write("one/one.lnproj", Project("one"));

        var (code, text) = End("TERM", ["one"], "build", "one/one.lnproj", "-tl:off");

        Assert.NotEqual(0, code);
        Assert.Contains("error LNX2013: the build was ended by SIGTERM", text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(PathOf("store", "work")));
        GoOn("one/one.lnproj", "one");
    }

    [Fact]
    public void By_sigkill_end_their_builders_in_all_nodes()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Write("one/one.lnproj", Project("one"));
        Write("two/two.lnproj", Project("two"));
        Write("both.proj",
            """
            <Project>
              <Target Name="Build"><MSBuild Projects="one/one.lnproj;two/two.lnproj" BuildInParallel="true" /></Target>
            </Project>
            """);

        End("KILL", ["one", "two"], "build", "both.proj", "-m:2", "-tl:off");

        GoOn("both.proj", "one", "two");
        // What the killed ones left was swept.
        Assert.Empty(Directory.GetFileSystemEntries(PathOf("store", "work")));
    }

    ProjectCreator Project(string name) => ProjectCreator.Lightnix()
        .Stage("quick", $"echo {name} > @{{out}}/a; echo x >> {PathOf("quick-" + name)}", "a")
        // It does not listen, nor does its child; the daemon has a session of its own and no parent.
        .Stage("slow",
            $"cat @{{quick/a}}; [ -e {PathOf("go")} ] || {{ trap '' TERM; setsid sh -c 'sleep 300 & exit'; sleep 301 & : > "
            + $"{PathOf("reached-" + name)}; while :; do sleep 0.2; done; }}; echo 1 > @{{out}}/b", "b");

    (int ExitCode, string Text) End(string signal, string[] names, params string[] arguments)
    {
        using var build = Process.Start(StartInfo(arguments))!;
        var output = build.StandardOutput.ReadToEndAsync();
        var error = build.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        while (!names.All(n => Has("reached-" + n)))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2) && !build.HasExited, "the builders were not reached");
            Thread.Sleep(50);
        }
        Assert.NotEmpty(Builders());
        using (var kill = Process.Start("kill", ["-s", signal, build.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        build.WaitForExit();
        for (watch.Restart(); Builders().Count > 0 && watch.Elapsed < Seconds;)
            Thread.Sleep(50);
        Assert.Empty(Builders());
        return (build.ExitCode, output.Result + error.Result);
    }

    void GoOn(string project, params string[] names)
    {
        Write("go", "");
        Succeed("build", project, "-tl:off");
        Assert.All(names, n => Assert.Equal(1, Lines("quick-" + n)));
        Assert.All(names, n => Assert.Equal("1\n", Read($"{n}/bin/slow/b")));
    }

    /// <summary>Processes that work for this store.</summary>
    List<string> Builders() =>
    [
        .. Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])).Where(d =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(d, "environ")).Contains($"TMPDIR={Store}/work/", StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }),
    ];
}
