namespace Lightnix.Sdk;

/// <summary><c>lightnix variance --replay</c>, with real builds: four stages that vary in four ways.</summary>
public sealed class VarianceByTheTool : Playground
{
    public VarianceByTheTool()
    {
        Write("data.lnproj", $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="deterministic" Command="echo same > @{out}/model" />
                <Stage Include="honest" Command="echo @{seed} > @{out}/model" />
                <Stage Include="careless" Command="echo begin > @{out}/model; head -c 20 /dev/urandom >> @{out}/model" />
                <Stage Include="clock" Command="date +%25s%25N > @{out}/model" />
                <Promise Include="model" Stage="deterministic;honest;careless;clock" />
                <Matcher Include="deterministic;honest;careless;clock" Select="Latest" AtLeast="2" />
              </ItemGroup>
            </Project>
            """);
        RestoreTool();
    }

    [Fact]
    public void Finds_four_verdicts_and_moves_no_choice()
    {
        Succeed("build", "data.lnproj");
        string[] variance = ["lightnix", "variance", "--store", Store];
        Assert.Equal(4, Dotnet([.. variance, "honest"]).ExitCode);

        foreach (var (stage, code, verdict) in new[]
        {
            ("deterministic", 0, "deterministic"), ("honest", 0, "deterministic given the seed"), ("careless", 1, "varies"),
            ("clock", 1, "varies"),
        })
        {
            var answer = Dotnet([.. variance, stage, "--replay", "2", "--json"]);
            Assert.True(answer.ExitCode == code && answer.Says($"\"verdict\":\"{verdict}\""), answer.ToString());
            Assert.True(answer.Says("\"attempts\":4") && answer.Says("\"repeated\":2"), answer.ToString());
        }
        Succeed("build", "data.lnproj", "-question");
        Assert.True(Succeed("lightnix", "history", "--store", Store, "--json").Says("\"build\":1"));
        Assert.False(Succeed("lightnix", "history", "--store", Store, "--json").Says("\"build\":2"));
    }
}
