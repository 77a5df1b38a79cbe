namespace Lightnix.Tasks;

/// <summary>Items that MSBuild drops before a task sees them.</summary>
public sealed class DroppedItemsTests
{
    [Theory]
    [InlineData("""<Promis Include="x" Stage="a" />""", "'Promis'. Did you mean 'Promise'?")]
    [InlineData("""<promises Include="*.zip"><Stage>a</Stage></promises>""", "'promises'. Did you mean 'Promise'?")]
    [InlineData("""<Stag Update="a" Command="y" />""", "'Stag'. Did you mean 'Stage'?")]
    [InlineData("""<Matchers Include="a" Select="All" />""", "'Matchers'. Did you mean 'Matcher'?")]
    [InlineData("""<Soruce Include="a.py" />""", "'Soruce'. Did you mean 'Source'?")]
    public void An_item_that_is_nearly_ours_and_of_no_other_tool_is_warned_about(string item, string meant)
    {
        using var project = Project($"""<Stage Include="a" Command="x" /></ItemGroup><Import Project="more.props" /><ItemGroup>""");
        var imported = project.Write("more.props", $"<Project><ItemGroup>\n {item}\n</ItemGroup></Project>");

        project.ShowWrittenMistakes();

        var warning = Assert.Single(project.Engine.Warnings);
        Assert.Equal(("LNX1019", imported, 2, 2), (warning.Code, warning.File, warning.LineNumber, warning.ColumnNumber));
        Assert.Contains($"nothing in the project uses items called {meant}", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<stage Include="b" Command="y" /> <SOURCE Include="a.py" />""")]
    [InlineData("""<Resource Include="x" Stage="a" /> <Page Include="x" Stage="a" />""")]
    [InlineData("""<Storage Include="x" Path="a" /> <Message Include="x" Stage="a" />""")]
    [InlineData("""<State Include="x" Code="1" /> <Watcher Include="x" Seconds="3" /> <Stages Include="a;b" />""")]
    [InlineData("""<Sources Include="*.py" /> <Source Include="@(Sources)" />""")]
    [InlineData("""<Stages Include="b" Path="x" /> <Other Include="@( stages->'%(Path)')" />""")]
    [InlineData("""<Promis Include="x" Stage="a" /></ItemGroup><ItemDefinitionGroup><Promis /></ItemDefinitionGroup><ItemGroup>""")]
    [InlineData("""<Sources Include="x" /> <AvailableItemName Include="Sources" />""")]
    [InlineData("""<Stag Remove="x" /> <!-- <Promis Include="x" Stage="a" /> -->""")]
    public void An_item_of_somebodys_own_is_not(string items)
    {
        using var project = Project($"""<Stage Include="a" Command="x" />{items}""");

        project.ShowWrittenMistakes();

        Assert.Empty(project.Engine.Warnings);
    }

    [Fact]
    public void A_wildcard_in_a_promise_is_an_error_though_MSBuild_dropped_it()
    {
        using var project = Project("""<Promise Include="plots/*.png" Stage="a" />""");

        project.ShowWrittenMistakes();

        var error = Assert.Single(project.Engine.Errors, e => e.Code == "LNX1007");
        Assert.Equal((3, 5), (error.LineNumber, error.ColumnNumber));
        Assert.Contains("Pattern", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wildcard_in_a_source_is_what_sources_are_for()
    {
        using var project = Project("""<Source Include="*.py;sub/**" Exclude="x.py" /> <Stage Include="a" Command="ls *" />""");
        project.Write("a.py", "");
        project.Write("sub/b/c.txt", "");

        project.ShowWrittenMistakes();

        Assert.Equal("", project.Said);
    }

    [Fact]
    public void A_wildcard_of_which_nothing_is_left_found_its_files_all_the_same()
    {
        using var project = Project("""<Source Include="*.py" Exclude="a*" /> <Source Include="sub/*" /> <Source Remove="sub/*" />""");
        project.Write("a.py", "");
        project.Write("sub/c.txt", "");

        project.ShowWrittenMistakes();

        Assert.Equal("", project.Said);
    }

    [Theory]
    [InlineData("*.txt", "'*.txt' matches no file; correct it")]
    [InlineData("a.py;scr/**/*.py", "'scr/**/*.py' matches no file, because there is no folder '", "'. Did you mean 'src'?")]
    [InlineData("a.py;src/?.txt", "'src/?.txt' matches no file; correct it")]
    [InlineData("$(MSBuildProjectDirectory)/src/*.txt", "/src/*.txt' matches no file; correct it")]
    public void A_wildcard_of_a_source_that_matches_nothing_is_warned_about(string include, params string[] reported)
    {
        using var project = Project($"""<Source Include="{include}" />""");
        project.Write("a.py", "");
        project.Write("src/b.py", "");

        project.ShowWrittenMistakes();

        var warning = Assert.Single(project.Engine.Warnings);
        Assert.Equal(("LNX1022", project.File, 3, 5), (warning.Code, warning.File, warning.LineNumber, warning.ColumnNumber));
        Assert.All(reported, part => Assert.Contains(part, warning.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wildcard_below_a_folder_that_cannot_be_read_is_warned_about_without_a_guess()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var project = Project("""<Source Include="locked/scr/*.py" />""");
        project.Write("locked/src/a.py", "");
        var locked = Path.Combine(project.Directory, "locked");
        File.SetUnixFileMode(locked, UnixFileMode.UserExecute);

        project.ShowWrittenMistakes();

        File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal("LNX1022", Assert.Single(project.Engine.Warnings).Code);
    }

    [Fact]
    public void A_wildcard_in_a_folder_that_MSBuild_decodes_is_warned_about_with_the_cause()
    {
        using var project = Project("""<Source Include="src/*.txt" />""", "feature%2Flogin");
        project.Write("feature%2Flogin/src/a.txt", "");

        project.ShowWrittenMistakes();

        var warning = Assert.Single(project.Engine.Warnings);
        Assert.Equal("LNX1022", warning.Code);
        Assert.Contains("MSBuild takes '%2F' in the path", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_name_with_a_backslash_is_left_out_by_the_text_that_the_error_gives()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var project = Project("""<Stage Include="a" Command="true" /> <Source Include="src/*.txt" />""");
        project.Write(@"src/back\slash.txt", "");
        project.Write("src/b.txt", "");

        project.Task<CheckStages>().Execute();

        var reported = Assert.Single(project.Engine.Errors).Message!;
        Assert.EndsWith("The wildcard 'src/*.txt' found it; leave it out with Exclude=\"src/back*slash.txt\"", reported,
            StringComparison.Ordinal);
        var cure = reported[reported.IndexOf("Exclude", StringComparison.Ordinal)..];
        using var cured = Project($"""<Stage Include="a" Command="true" /> <Source Include="src/*.txt" {cure} />""");
        cured.Write(@"src/back\slash.txt", "");
        cured.Write("src/b.txt", "");
        Assert.True(cured.Task<CheckStages>().Execute(), cured.Said);
    }

    [Theory]
    [InlineData("""<Stage Include="train-*" Command="x" />""", "LNX1002", "stage 'train-*': MSBuild replaces a wildcard by the files")]
    [InlineData("""<Matcher Include="train-?" Select="All" />""", "LNX1008", "matcher 'train-?': MSBuild replaces a wildcard by the files")]
    public void A_wildcard_that_is_meant_for_stages_is_an_error(string item, string code, string reported)
    {
        using var project = Project(item);

        project.ShowWrittenMistakes();

        Assert.Equal([code], project.Engine.Errors.Select(e => e.Code));
        Assert.Contains(reported, project.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<Stage Update="trian" Cores="2" />""", "LNX1008",
        "stage 'trian' is not there, so MSBuild ignores its Update. Did you mean 'train'?")]
    [InlineData("""<Promise Update="modell.txt" Type="Text" />""", "LNX1008",
        "promise 'modell.txt' is not there, so MSBuild ignores its Update. Did you mean 'model.txt'?")]
    public void An_update_of_what_is_not_there_is_warned_about(string item, string code, string reported)
    {
        using var project = Project($"""
            <Stage Include="train" Command="x" /> <Promise Include="model.txt" Stage="train" />
            <Stage Update="TRAIN;other" Gpus="1" />{item}
            """);

        project.ShowWrittenMistakes();

        Assert.Equal([code], project.Engine.Warnings.Select(e => e.Code));
        Assert.Contains(reported, project.Said, StringComparison.Ordinal);
    }

    static TempProject Project(string items, string folder = "") => TempProject.OfItems(items, folder);
}
