namespace Lightnix.Sdk;

/// <summary>What only looks at stages runs none, also none of a referenced project.</summary>
public sealed class LooksAtReferences : Playground
{
    [Fact]
    public void Run_no_stage_of_them()
    {
        Write("data/data.lnproj", Project("split", ""));
        Write("model/model.lnproj", Project("train", """<ProjectReference Include="../data/data.lnproj" />"""));

        var plan = Succeed("msbuild", "model/model.lnproj", "-t:LightnixPlan", "-tl:off", "-v:m");
        var graph = Succeed("msbuild", "model/model.lnproj", "-t:LightnixPlan", "-graph", "-tl:off", "-v:m");
        var hash = Succeed("msbuild", "model/model.lnproj", "-t:LightnixHash", "-getProperty:LightnixClosureHash");

        Assert.Equal((0, 0), (Lines("split"), Lines("train")));
        Assert.True(plan.Says("split: run") && plan.Says("train: run"), plan.ToString());
        Assert.True(graph.Says("train: run"), graph.ToString());
        // Beside it may be what dotnet has to say of its workloads.
        Assert.Single(hash.Text.Split('\n'), l => l.Trim().Length == 64);
        Assert.False(Has("store/derivations") && Directory.EnumerateFiles(PathOf("store", "derivations")).Any(),
            "a plan wrote derivations");
    }

    string Project(string stage, string reference) => $$"""
        <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
          <ItemGroup>
            {{reference}}
            <Stage Include="{{stage}}" Command="echo 1 > @{out}/n; echo x >> {{PathOf(stage)}}" />
            <Promise Include="n" Stage="{{stage}}" />
          </ItemGroup>
        </Project>
        """;
}
