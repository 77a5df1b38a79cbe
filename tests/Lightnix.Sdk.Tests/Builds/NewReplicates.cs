namespace Lightnix.Sdk;

/// <summary>The best of several runs, one more of them by hand, and other matchers over the same runs.</summary>
public sealed class NewReplicates : Playground
{
    [Fact]
    public void Are_made_by_LightnixRun_and_by_matchers_that_lack_some()
    {
        Write("data/data.lnproj", Project("Select=\"Best\" Metric=\"score\" AtLeast=\"2\""));
        var first = Succeed("build", "data/data.lnproj", "-tl:off");
        Assert.Equal((2, 1), (Lines("model"), Lines("input")));
        Assert.True(first.Says("score = "), first.ToString());

        var run = Succeed("msbuild", "data/data.lnproj", "-t:LightnixRun", "-p:LightnixStages=model", "-tl:off", "-v:m");
        Assert.Equal((3, 1), (Lines("model"), Lines("input")));
        Assert.True(run.Ran("model"), run.ToString());

        Write("data/data.lnproj", Project("Select=\"Best\" Metric=\"score\" AtLeast=\"4\""));
        Succeed("build", "data/data.lnproj", "-tl:off");
        Assert.Equal(4, Lines("model"));

        Write("data/data.lnproj", Project("Select=\"Latest\""));
        Succeed("build", "data/data.lnproj", "-tl:off");
        Assert.Equal((4, 1), (Lines("model"), Lines("input")));

        var nameless = Fail("msbuild", "data/data.lnproj", "-t:LightnixRun", "-tl:off");
        Assert.True(nameless.Says("LightnixStages"), nameless.ToString());
    }

    string Project(string matcher) => $$"""
        <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
          <ItemGroup>
            <Stage Include="input" Command="echo 1 > @{out}/n; echo x >> {{PathOf("input")}}" />
            <Stage Include="model" Command="cat @{input/n}; echo 0.@{seed} > @{out}/score; echo x >> {{PathOf("model")}}" />
            <Promise Include="n" Stage="input" />
            <Promise Include="score" Stage="model" Type="Number" />
            <Matcher Include="model" {{matcher}} />
          </ItemGroup>
        </Project>
        """;
}
