namespace Lightnix.Sdk;

/// <summary><c>lightnix build</c>, <c>plan</c>, <c>run</c> and <c>test</c>, with real builds.</summary>
public sealed class BuildingByTheTool : Playground
{
    public BuildingByTheTool()
    {
        Write("data/data.lnproj", $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="model" Command="echo model > @{out}/model.txt; echo x >> {{PathOf("runs")}}" />
                <Promise Include="model.txt" Stage="model" />
              </ItemGroup>
            </Project>
            """);
        Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>
            """);
        Write("All.slnx", """
            <Solution>
              <Folder Name="/sub/"><Project Path="data/data.lnproj" Type="C#" /></Folder>
              <Project Path="app/app.csproj" />
            </Solution>
            """);
        RestoreTool();
    }

    [Fact]
    public void Works_in_a_solution_and_passes_the_exit_code_on()
    {
        var planned = Succeed("lightnix", "plan", "--store", Store);
        Assert.True(planned.Says("model: run") && planned.Says("it was never built here"), planned.ToString());
        Assert.False(File.Exists(PathOf("runs")));

        var tested = Succeed("lightnix", "test", "model", "--store", Store);
        Assert.True(tested.Says("promise 'model.txt' of 'model' is kept"), tested.ToString());
        Assert.Equal(1, Lines("runs"));

        Succeed("lightnix", "run", "model", "--store", Store);
        Assert.Equal(2, Lines("runs"));

        var misspelled = Fail("lightnix", "build", "modle", "--project", "data", "--store", Store, "--", "-tl:off");
        Assert.True(misspelled.Says("'modle'"), misspelled.ToString());
    }
}
