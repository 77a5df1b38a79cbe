namespace Lightnix.Sdk;

/// <summary><c>lightnix export</c> on one machine and <c>lightnix import</c> on another, with real builds.</summary>
public sealed class ResultsOnAnotherMachine : Playground
{
    public ResultsOnAnotherMachine() => RestoreTool();

    // A choice among cells, each the best of two, over an input whose files no store keeps.
    void WriteProject(string folder)
    {
        Write($"{folder}/numbers", "1 2 3");
        Write($"{folder}/data.lnproj", $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="raw" Command="cat numbers > @{out}/raw.txt; echo raw >> {{PathOf("runs")}}" Intermediate="true" />
                <Source Include="numbers" Stage="raw" />
                <Promise Include="raw.txt" Stage="raw" />
                <Stage Include="train" Matrix="rate=1,2" Command="{{Train}}; echo train >> {{PathOf("runs")}}" />
                <Promise Include="score.txt" Stage="train" Type="Number" />
                <Matcher Include="train" Select="Best" Metric="score.txt" AtLeast="2" />
                <Stage Include="best" From="train" />
                <Matcher Include="best" Select="Best" Metric="score.txt" />
              </ItemGroup>
            </Project>
            """);
    }

    const string Train = "cat @{raw/raw.txt}; echo @{params.rate}.@{replicate} > @{out}/score.txt";

    [Fact]
    public void Are_reused_by_a_build()
    {
        WriteProject("here");
        Succeed("build", "here/data.lnproj");
        var runs = Lines("runs");
        Succeed("lightnix", "export", "best", "--project", "here", "-o", "best.tar.zst");
        WriteProject("there");
        Store = PathOf("another", "store");

        Succeed("lightnix", "import", "best.tar.zst");
        var built = Succeed("build", "there/data.lnproj");

        Assert.Equal((5, 5), (runs, Lines("runs")));
        Assert.Equal(Read("here/bin/best/score.txt"), Read("there/bin/best/score.txt"));
        var verified = Succeed("lightnix", "verify");
        Assert.True(verified.Says("is as it was stored"), built.ToString() + verified);
    }
}
