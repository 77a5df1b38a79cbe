namespace Lightnix.Sdk;

/// <summary>Large data of one project that another reads, built by a real <c>dotnet build</c>.</summary>
public sealed class IntermediatesOfAnotherProject : Playground
{
    string Data(string attribute) => Project("", $"""
        <Stage Include="big" Command="seq 1 100000 > @{"{out}"}/rows.txt; echo x >> {PathOf("runs")}" {attribute} />
        <Promise Include="rows.txt" Stage="big" />
        <Stage Include="own" Command="wc -l @{"{big/rows.txt}"} > @{"{out}"}/a" /><Promise Include="a" Stage="own" />
        """);

    static string Reader(string command) => Project("""<ProjectReference Include="../data/data.lnproj" />""", $"""
        <Stage Include="last" Command="{command} @{"{data:big/rows.txt}"} > @{"{out}"}/last.txt" />
        <Promise Include="last.txt" Stage="last" />
        """);

    static string Project(string references, string items) => $"""
        <Project Sdk="Lightnix.Sdk/{World.SdkVersion}"><ItemGroup>{references}{items}</ItemGroup></Project>
        """;

    bool IsInTheStore => Directory.EnumerateFiles(PathOf("store", "trees"), "rows.txt", SearchOption.AllDirectories).Any();

    [Fact]
    public void Are_there_until_the_whole_build_is_done()
    {
        Write("data/data.lnproj", Data("Intermediate=\"true\""));
        Write("reader/reader.lnproj", Reader("tail -n 1"));

        Succeed("build", "reader/reader.lnproj", "-tl:off");

        Assert.Equal("100000\n", Read("reader/bin/last/last.txt"));
        Assert.True(Has("data/bin/own/a"));
        Assert.False(Has("data/bin/big"));
        Assert.False(IsInTheStore);
        Succeed("build", "reader/reader.lnproj", "-tl:off");
        Assert.Equal(1, Lines("runs"));

        // A reader of another project that runs later says what to do.
        Write("reader/reader.lnproj", Reader("head -n 1"));
        var failed = Assert.Single(Fail("build", "reader/reader.lnproj", "-tl:off").Diagnostics);
        Assert.Equal("LNX2012", failed.Code);
        Assert.Contains("Take Intermediate away from 'big'", failed.Text, StringComparison.Ordinal);
        Write("data/data.lnproj", Data(""));
        Succeed("build", "reader/reader.lnproj", "-tl:off");
        Assert.Equal("1\n", Read("reader/bin/last/last.txt"));
        Assert.Equal(2, Lines("runs"));
    }
}
