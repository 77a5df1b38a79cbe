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

        // A reader of another project that runs later has them made again.
        Write("reader/reader.lnproj", Reader("head -n 1"));
        var plan = Succeed("build", "reader/reader.lnproj", "-tl:off", "-t:LightnixPlan");
        Assert.Contains("last: run", plan.ToString(), StringComparison.Ordinal);
        Succeed("build", "reader/reader.lnproj", "-tl:off");
        Assert.Equal("1\n", Read("reader/bin/last/last.txt"));
        Assert.Equal(2, Lines("runs"));
        Assert.False(IsInTheStore);
        Succeed("build", "reader/reader.lnproj", "-tl:off");
        Assert.Equal(2, Lines("runs"));
    }

    [Fact]
    public void Are_made_before_by_the_command_that_the_error_names()
    {
        Write("data/data.lnproj", Data("Intermediate=\"true\""));
        Write("reader/reader.lnproj", Reader("tail -n 1"));
        Succeed("build", "reader/reader.lnproj", "-tl:off");
        Write("reader/reader.lnproj", Reader("head -n 1"));

        // A graph has no build beside those of its nodes.
        var failed = Assert.Single(Fail("build", "reader/reader.lnproj", "-tl:off", "-graph", "-isolate", "--no-restore").Diagnostics);

        Assert.Equal("LNX2012", failed.Code);
        var command = System.Text.RegularExpressions.Regex.Match(failed.Text, "'dotnet build \"(.+)\" (-p:LightnixNeeded=data:big)'");
        Assert.True(command.Success, failed.Text);
        Succeed("build", command.Groups[1].Value, command.Groups[2].Value, "-tl:off", "-graph", "-isolate", "--no-restore");
        Assert.Equal("1\n", Read("reader/bin/last/last.txt"));
        Assert.Equal(2, Lines("runs"));
        Assert.False(IsInTheStore);
    }

    [Fact]
    public void Are_taken_as_they_come_out_where_they_are_made_before()
    {
        Write("data/data.lnproj", Data("Intermediate=\"true\"").Replace("seq 1 100000", "date +%N", StringComparison.Ordinal));
        Write("reader/reader.lnproj", Reader("tail -n 1"));
        Succeed("build", "reader/reader.lnproj", "-tl:off");
        Write("reader/reader.lnproj", Reader("head -n 1"));

        Assert.Contains(Fail("build", "reader/reader.lnproj", "-tl:off").Diagnostics, d => d.Code == "LNX2024");

        Succeed("build", "reader/reader.lnproj", "-tl:off", "-p:LightnixNeeded=data:big");
        Assert.False(IsInTheStore);
    }
}
