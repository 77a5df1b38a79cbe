namespace Lightnix.Sdk;

/// <summary>Ten mistakes, in three files, and one build that finds them all.</summary>
public sealed class Mistakes(Mistakes.Build build) : IClassFixture<Mistakes.Build>
{
    [Theory]
    [InlineData("LNX1001", "data.lnproj(5,5)")] // twin, the second of two
    [InlineData("LNX1002", "data.lnproj(6,5)")] // an illegal name
    [InlineData("LNX1003", "data.lnproj(7,5)")] // @{trian}
    [InlineData("LNX1005", "data.lnproj(8,5)")] // a path that is not promised
    [InlineData("LNX1006", "data.lnproj(9,5)")] // no builder
    [InlineData("LNX1009", "data.lnproj(10,5)")] // Commnd
    [InlineData("LNX1007", "data.lnproj(15,5)")] // ../up.txt
    [InlineData("LNX1007", "data.lnproj(16,5)")] // *.png, which matched nothing
    [InlineData("LNX1010", "data.lnproj(17,5)")] // Best without Metric
    [InlineData("LNX1015", "data.lnproj(18,5)")] // a script that is not there
    [InlineData("LNX1008", "shared.props(3,5)")] // an imported file
    [InlineData("LNX1003", "Directory.Build.props(5,5)")]
    public void Each_is_reported_at_its_place(string code, string place) =>
        Assert.True(build.Errors.Any(e => e.Code == code && e.Place == place), $"no {code} at {place} in\n{build.Output}");

    [Fact]
    public void Nothing_else_is_reported() => Assert.Equal(12, build.Errors.Select(e => (e.Code, e.Place)).Distinct().Count());

    [Fact]
    public void An_item_that_is_nearly_ours_is_warned_about() =>
        Assert.Equal(["LNX1019 shared.props(4,5)"],
        build.Output.Diagnostics.Where(d => d.Kind == "warning").Select(d => $"{d.Code} {d.Place}").Distinct());

    [Fact]
    public void The_nearest_right_name_is_suggested()
    {
        Assert.Contains(build.Errors, e => e.Code == "LNX1003" && e.Text.Contains("train", StringComparison.Ordinal));
        Assert.Contains(build.Errors, e => e.Code == "LNX1009" && e.Text.Contains("Command", StringComparison.Ordinal));
    }

    [Fact]
    public void Inherited_metadata_is_no_mistake() =>
        Assert.DoesNotContain(build.Errors, e => e.Text.Contains("Colour", StringComparison.Ordinal));

    [Fact]
    public void What_a_team_set_for_all_items_counts_too() =>
        Assert.Contains(build.Errors, e => e.Place == "data.lnproj(17,5)" && e.Text.Contains("several", StringComparison.Ordinal));

    [Fact]
    public void Nothing_ran() => Assert.False(build.Output.Ran("train"), build.Output.ToString());

    public sealed class Build : Playground
    {
        public Build()
        {
            Write("data/Directory.Build.props", """
                <Project>
                  <!-- What every project below gets. -->
                  <ItemGroup>

                    <Stage Include="common" Command="cat @{nowhere} > @{out}/x" />
                  </ItemGroup>
                  <ItemDefinitionGroup><Matcher><Take>several</Take></Matcher></ItemDefinitionGroup>
                </Project>
                """);
            Write("data/shared.props", """
                <Project>
                  <ItemGroup>
                    <Promise Include="x.txt" Stage="ghost" />
                    <Promises Include="model" Stage="train" />
                  </ItemGroup>
                </Project>
                """);
            Write("data/data.lnproj", $$"""
                <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
                  <ItemGroup>
                    <Stage Include="train" Command="echo 1 > @{out}/model" />
                    <Stage Include="twin" Command="echo 1 > @{out}/x" />
                    <Stage Include="Twin" Command="echo 2 > @{out}/x" />
                    <Stage Include="1st" Command="echo 1 > @{out}/x" />
                    <Stage Include="misspelled" Command="cat @{trian}/model > @{out}/x" />
                    <Stage Include="unpromised" Command="cat @{train/modell} > @{out}/x" />
                    <Stage Include="idle" />
                    <Stage Include="typo" Command="echo 1 > @{out}/x" Commnd="echo" />
                    <Name Include="inherits" Colour="red" />
                    <Stage Include="@(Name)" Command="echo 1 > @{out}/x" />
                    <!-- The next four are promises, matchers and files. -->
                    <Promise Include="model" Stage="train" />
                    <Promise Include="../up.txt" Stage="train" />
                    <Promise Include="*.png" Stage="train" />
                    <Matcher Include="train" Select="Best" />
                    <Stage Include="scripted" Script="missing.py" />
                  </ItemGroup>
                  <Import Project="shared.props" />
                </Project>
                """);
            Output = Fail("build", "data/data.lnproj", "-tl:off");
        }

        public BuildOutput Output { get; }

        public IReadOnlyList<BuildOutput.Said> Errors => [.. Output.Diagnostics.Where(d => d.Kind == "error")];
    }
}
