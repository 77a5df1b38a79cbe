namespace Lightnix.Sdk;

/// <summary><c>LightnixReport=true</c>: the page that the tool writes after a build.</summary>
public sealed class ReportsOfBuilds : Playground
{
    public ReportsOfBuilds()
    {
        Home = Directory.CreateDirectory(PathOf("home")).FullName;
        Write("data.lnproj", $"""
            <Project Sdk="Lightnix.Sdk/{World.SdkVersion}">
              <ItemGroup>
                <Stage Include="model" Command="echo trained; echo 0.5 > @{"{out}"}/accuracy; exit $(Code)" />
                <Promise Include="accuracy" Stage="model" Type="Number" />
              </ItemGroup>
            </Project>
            """);
    }

    [Fact]
    public void Are_written_after_a_build_and_after_one_that_failed_and_cleaned()
    {
        RestoreTool();

        Succeed("build", "data.lnproj", "-p:LightnixReport=true", "-p:Code=0");
        var page = Read("bin/data.report.html");
        const string promise = "<th scope=\"row\">model</th><td>accuracy</td><td>Number</td><td data-sort=\"0.5\">0.5</td>";
        Assert.Contains(promise, page, StringComparison.Ordinal);
        Assert.Contains("<script>", page, StringComparison.Ordinal);
        Fail("build", "data.lnproj", "-p:LightnixReport=true", "-p:Code=3", "-p:LightnixReportFile=out/failed.html");
        Assert.Contains("exit code 3", Read("out/failed.html"), StringComparison.Ordinal);
        Succeed("clean", "data.lnproj");
        Assert.False(File.Exists(PathOf("bin/data.report.html")));
    }

    [Fact]
    public void Need_the_tool()
    {
        var built = Fail("build", "data.lnproj", "-p:LightnixReport=true", "-p:Code=0");

        Assert.True(built.Says("LNX5005") && built.Says("dotnet tool install Lightnix.Cli"), built.ToString());
        Succeed("build", "data.lnproj", "-p:Code=0");
    }
}
