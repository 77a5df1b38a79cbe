namespace Lightnix.Sdk;

public sealed class TwoBuildsAtOnce : Playground
{
    [Fact]
    public async Task On_an_empty_store_both_succeed_and_each_builder_runs_once()
    {
        var project = ProjectCreator.Lightnix()
            .Stage("slow", $"sleep 2; echo 1 > @{{out}}/one; echo x >> {PathOf("slow")}", "one")
            .Stage("next", $"cat @{{slow/one}} > @{{out}}/two; echo x >> {PathOf("next")}", "two");
        Write("one/data.lnproj", project);
        Write("two/data.lnproj", project);
        // The package is there, and not fetched twice at once: what is tested is the store.
        Succeed("msbuild", "one/data.lnproj", "-getProperty:LightnixStore");

        var builds = await Task.WhenAll(Start("build", "one/data.lnproj", "-tl:off"), Start("build", "two/data.lnproj", "-tl:off"));

        Assert.All(builds, build => Assert.True(build.ExitCode == 0, build.ToString()));
        Assert.Equal((1, 1), (Lines("slow"), Lines("next")));
        Assert.Equal(Read("one/bin/next/two"), Read("two/bin/next/two"));
    }
}
