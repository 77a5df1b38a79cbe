using System.Diagnostics;

namespace Lightnix.Sdk;

public sealed class AKilledBuild : Playground
{
    [Fact]
    public async Task Is_gone_on_with_by_those_that_waited_for_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        var project = ProjectCreator.Lightnix()
            .Stage("slow", $"echo %24PPID >> {PathOf("begun")}; sleep 2; head -c 9 /dev/urandom > @{{out}}/one", "one")
            .Stage("next", $"cp @{{slow/one}} @{{out}}/two; echo x >> {PathOf("next")}", "two");
        string[] names = ["one", "two", "three"];
        foreach (var name in names)
            Write($"{name}/data.lnproj", project);
        Succeed("msbuild", "one/data.lnproj", "-getProperty:LightnixStore");

        var builds = names.Select(n => Start("build", $"{n}/data.lnproj", "-tl:off")).ToArray();
        while (Lines("begun") == 0)
            await Task.Delay(20);
        Process.GetProcessById(int.Parse(Read("begun").Split('\n')[0], CultureInfo.InvariantCulture)).Kill();
        var ended = await Task.WhenAll(builds);

        Assert.Equal(1, ended.Count(b => b.ExitCode == 137));
        Assert.All(ended.Where(b => b.ExitCode != 137), b => Assert.True(b.ExitCode == 0, b.ToString()));
        Assert.Equal((2, 1), (Lines("begun"), Lines("next")));
        Assert.All(names, n => Succeed("build", $"{n}/data.lnproj", "-tl:off"));
        Assert.Equal((2, 1), (Lines("begun"), Lines("next")));
        Assert.Single(names.Select(n => Read($"{n}/bin/next/two")).Distinct());
        Assert.Empty(Directory.GetFileSystemEntries(PathOf("store", "work")));
    }
}
