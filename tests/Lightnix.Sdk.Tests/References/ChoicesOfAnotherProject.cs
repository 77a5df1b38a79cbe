namespace Lightnix.Sdk;

/// <summary>Choices over the border of a project, built by a real <c>dotnet build</c>.</summary>
public sealed class ChoicesOfAnotherProject : Playground
{
    const string Reference = """<ProjectReference Include="../data/data.lnproj" />""";

    string Sweep(string rates) => Project($"""
        <Stage Include="train" Matrix="rate={rates}"
               Command="echo @{"{params.rate}"} > @{"{out}"}/accuracy.txt; cp @{"{out}"}/accuracy.txt @{"{out}"}/model.txt;
                        echo @{"{params.rate}"} >> {PathOf("runs")}" />
        <Promise Include="accuracy.txt" Stage="train" Type="Number" /><Promise Include="model.txt" Stage="train" />
        <Stage Include="best" From="train" /><Matcher Include="best" Select="Best" Metric="accuracy.txt" />
        """);

    string Reader => Project($"""
        {Reference}
        <Stage Include="use" Command="cat @{"{data:best/model.txt}"} > @{"{out}"}/use.txt; echo x >> {PathOf("runs-of-use")}" />
        <Promise Include="use.txt" Stage="use" />
        """);

    static string Project(string items) => $"""
        <Project Sdk="Lightnix.Sdk/{World.SdkVersion}"><ItemGroup>{items}</ItemGroup></Project>
        """;

    [Fact]
    public void Are_read_like_any_stage()
    {
        Write("data/data.lnproj", Sweep("0.1,0.3"));
        Write("reader/reader.lnproj", Reader);
        Succeed("build", "reader", "-tl:off", "-p:LightnixUseLockFile=true");
        Assert.Equal("0.3\n", Read("reader/bin/use/use.txt"));
        Succeed("build", "reader", "-tl:off");
        Succeed("build", "reader", "-tl:off", "-graph", "-isolate", "--no-restore");
        Assert.Equal((2, 1), (Lines("runs"), Lines("runs-of-use")));

        // A worse cell changes no choice, and a better one does.
        Write("data/data.lnproj", Sweep("0.1,0.3,0.2"));
        Succeed("build", "reader", "-tl:off");
        Assert.Equal((3, 1), (Lines("runs"), Lines("runs-of-use")));
        Write("data/data.lnproj", Sweep("0.1,0.3,0.2,0.5"));
        var locked = Fail("build", "reader", "-tl:off", "-p:LightnixLockedMode=true");
        Assert.Equal(["LNX1012"], locked.Diagnostics.Select(d => d.Code).Distinct());
        var changed = Succeed("build", "reader", "-tl:off");
        Assert.True(changed.Says("best: accuracy.txt 0.3 → 0.5 (train-0_5 won; parameter rate 0.3 → 0.5)")
            && changed.Says("wrote lightnix.lock.json: best, train-0_5"), changed.ToString());
        Assert.Equal("0.5\n", Read("reader/bin/use/use.txt"));

        Succeed("build", "reader", "-tl:off", "-p:LightnixLockedMode=true");
        Assert.Equal((4, 2), (Lines("runs"), Lines("runs-of-use")));
    }

    [Fact]
    public void May_be_made_among_its_stages()
    {
        Write("data/data.lnproj", Project($"""
            <Stage Include="a;b" Command="echo @{"{replicate}"} > @{"{out}"}/score.txt; echo $WORD > @{"{out}"}/model.txt;
                                          echo x >> {PathOf("runs")}" />
            <Stage Update="a" Environment="WORD=first" /><Stage Update="b" Environment="WORD=second" />
            <Promise Include="score.txt" Stage="a;b" Type="Number" /><Promise Include="model.txt" Stage="a;b" />
            <Matcher Include="a;b" Select="Best" Metric="score.txt" />
            """));
        Write("choice/choice.lnproj", Project($"""
            {Reference}
            <Stage Include="top" From="data:a;data:b" /><Matcher Include="top" Select="Best" Metric="score.txt" />
            <Promise Include="model.txt" Stage="top" CopyToPublishDirectory="IfDifferent" />
            """));
        Write("last/last.lnproj", Project($"""
            <ProjectReference Include="../choice/choice.lnproj" />
            <Stage Include="use" Command="cat @{"{choice:top/model.txt}"} > @{"{out}"}/use.txt" /><Promise Include="use.txt" Stage="use" />
            """));

        // Of equals, the first by name.
        var first = Succeed("build", "last", "-tl:off", "-p:LightnixUseLockFile=true");
        Assert.True(first.Says("top: data:a won, score.txt = 1"), first.ToString());
        Assert.Equal("first\n", Read("last/bin/use/use.txt"));
        Succeed("build", "last", "-tl:off");
        Assert.Equal(2, Lines("runs"));

        // Another run, which the lock file does not pin.
        Succeed("build", "data", "-tl:off", "-t:LightnixRun", "-p:LightnixStages=b", "-p:LightnixUseLockFile=false");
        Succeed("build", "last", "-tl:off", "-p:LightnixLockedMode=true");
        Assert.Equal("first\n", Read("last/bin/use/use.txt"));
        var changed = Succeed("build", "last", "-tl:off", "-p:LightnixUpdate=data:b");
        Assert.True(changed.Says("top: score.txt 1 → 2 (data:b won; replicate 2)"), changed.ToString());
        Assert.Equal("second\n", Read("last/bin/use/use.txt"));
        Succeed("publish", "choice", "-tl:off", "--no-build", "-o", "published");
        Assert.Equal("second\n", Read("published/model.txt"));
        Assert.Equal(3, Lines("runs"));

        var asked = Assert.Single(Fail("build", "choice", "-tl:off", "-t:LightnixRun", "-p:LightnixStages=top").Diagnostics);
        Assert.Equal("LNX1024", asked.Code);
        Assert.Contains("data:a, data:b", asked.Text, StringComparison.Ordinal);
    }
}
