namespace Lightnix.Tasks;

public sealed class WrittenTextTests
{
    [Theory]
    [InlineData("echo $(whoami_nobody)", "replaced '$(whoami_nobody)' in Command by nothing", "%24(whoami_nobody)")]
    [InlineData("echo $(PATH)", "by the environment variable", "%24(PATH)")]
    [InlineData("echo $((1+2))", "by nothing", "%24((1+2))")]
    [InlineData("echo $(PATH | head -c 3)", "by nothing", "%24(PATH | head -c 3)")]
    public void AReferenceThatMSBuildTookIsWarnedAboutWithTheCure(string command, string what, string cure)
    {
        using var project = Project($"""<Stage Include="a" Command="{command}" />""");

        project.ShowWrittenMistakes();

        var warning = Assert.Single(project.Engine.Warnings);
        Assert.Equal(("LNX1011", project.File, 3, 5), (warning.Code, warning.File, warning.LineNumber, warning.ColumnNumber));
        Assert.Contains(what, warning.Message, StringComparison.Ordinal);
        Assert.Contains(cure, warning.Message, StringComparison.Ordinal);
        Assert.EndsWith("diagnostics.md#lnx1011", warning.HelpLink, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo $(Declared)")]
    [InlineData("echo $(Declared[0]) $(Declared.Length)")]
    [InlineData("echo %24(whoami)")]
    [InlineData("echo $HOME ${HOME} @{out}")]
    [InlineData("echo $([System.String]::Copy('x'))")]
    public void WhatTheAuthorMeantForMSBuildOrForTheShellIsNot(string command)
    {
        using var project = Project($"""<Stage Include="a" Command="{command}" />""");

        project.ShowWrittenMistakes();

        Assert.Empty(project.Engine.Warnings);
    }

    [Theory]
    [InlineData("Command='echo @(Get-ChildItem)'", "Command by nothing, because there are no Get-ChildItem items", "%40(Get-ChildItem)")]
    [InlineData("Command='cat @(Source)'", "Command by those Source items that are declared above the stage", "%40(Source)")]
    [InlineData("Script='a.py' Arguments=\"@(Csv->'%(Filename)', ' ') @(Source->'%(Filename)', ' ')\"", "Arguments by those Source items", "%40(Source->")]
    public void ItemsThatMSBuildDidNotHaveAreWarnedAboutWithTheCure(string builder, string what, string cure)
    {
        using var project = Project($"""<Stage Include="a" {builder} /> <Source Include="a.txt" />""");

        project.ShowWrittenMistakes();

        var warning = Assert.Single(project.Engine.Warnings);
        Assert.Equal(("LNX1011", 3), (warning.Code, warning.LineNumber));
        Assert.Contains(what, warning.Message, StringComparison.Ordinal);
        Assert.Contains(cure, warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Command=\"cat @(Csv, ' ') @(Csv->'%(Filename)')\"")]
    [InlineData("Command='ls @(*.txt|*.md) %40(Source) @{out} @@'")]
    [InlineData("Command='true' Inputs='@(Nobody)'")]
    public void ItemsThatAreAllThereAndWhatIsNotForMSBuildAreNot(string builder)
    {
        using var project = Project($"""<Stage Include="a" {builder} />""");

        project.ShowWrittenMistakes();

        Assert.Empty(project.Engine.Warnings);
    }

    [Theory]
    [InlineData("""<Promis Include="x" Stage="a" />""", "'Promis'. Did you mean 'Promise'?")]
    [InlineData("""<promises Include="*.zip"><Stage>a</Stage></promises>""", "'promises'. Did you mean 'Promise'?")]
    [InlineData("""<Stag Update="a" Command="y" />""", "'Stag'. Did you mean 'Stage'?")]
    [InlineData("""<Matchers Include="a" Select="All" />""", "'Matchers'. Did you mean 'Matcher'?")]
    [InlineData("""<Soruce Include="a.py" />""", "'Soruce'. Did you mean 'Source'?")]
    public void AnItemThatIsNearlyOursAndNobodysIsWarnedAbout(string item, string meant)
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
    [InlineData("""<Resource Include="x" Stage="a" /> <Page Include="x" Stage="a" /> <Storage Include="x" Path="a" /> <Message Include="x" Stage="a" />""")]
    [InlineData("""<State Include="x" Code="1" /> <Watcher Include="x" Seconds="3" /> <Stages Include="a;b" />""")]
    [InlineData("""<Sources Include="*.py" /> <Source Include="@(Sources)" />""")]
    [InlineData("""<Stages Include="b" Path="x" /> <Other Include="@( stages->'%(Path)')" />""")]
    [InlineData("""<Promis Include="x" Stage="a" /></ItemGroup><ItemDefinitionGroup><Promis /></ItemDefinitionGroup><ItemGroup>""")]
    [InlineData("""<Sources Include="x" /> <AvailableItemName Include="Sources" />""")]
    [InlineData("""<Stag Remove="x" /> <!-- <Promis Include="x" Stage="a" /> -->""")]
    public void AnItemOfSomebodysOwnIsNot(string items)
    {
        using var project = Project($"""<Stage Include="a" Command="x" />{items}""");

        project.ShowWrittenMistakes();

        Assert.Empty(project.Engine.Warnings);
    }

    [Fact]
    public void AReferenceInAnElementIsReportedAtItsStage()
    {
        using var project = Project("""
            <Stage Include="a">
                  <Command>
                    first
                    echo $(nobody_here)
                  </Command>
                </Stage>
            """);

        project.ShowWrittenMistakes();

        Assert.Equal(3, Assert.Single(project.Engine.Warnings).LineNumber);
    }

    [Fact]
    public void AWildcardInAPromiseIsAnErrorThoughMSBuildDroppedIt()
    {
        using var project = Project("""<Promise Include="plots/*.png" Stage="a" />""");

        project.ShowWrittenMistakes();

        var error = Assert.Single(project.Engine.Errors, e => e.Code == "LNX1007");
        Assert.Equal((3, 5), (error.LineNumber, error.ColumnNumber));
        Assert.Contains("Pattern", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sub/more.props", "sub/more.props")]
    [InlineData(@"sub\more.props", "sub/more.props")]
    [InlineData("$(MSBuildThisFileDirectory)sub/more.props", "sub/more.props")]
    [InlineData("$(MSBuildProjectDirectory)/sub/more.props", "sub/more.props")]
    public void AFileThatDefinesNothingIsReadToo(string import, string file)
    {
        using var project = Project($"""<Stage Include="a" Command="x" /></ItemGroup><Import Project="{import}" /><ItemGroup>""");
        var imported = project.Write(file, """
            <Project>
              <ItemGroup><Promise Include="plots/*.png" Stage="a" /></ItemGroup>
              <ItemGroup><Stage Update="a" Command="$(nobody_here)" /></ItemGroup>
            </Project>
            """);

        project.ShowWrittenMistakes();

        Assert.Equal(("LNX1007", imported, 2), Assert.Single(project.Engine.Errors.Select(e => (e.Code, e.File, e.LineNumber))));
        Assert.Equal(("LNX1011", imported, 3), Assert.Single(project.Engine.Warnings.Select(e => (e.Code, e.File, e.LineNumber))));
    }

    [Fact]
    public void AFileThatIsNotImportedIsNoMatter()
    {
        using var project = Project("""<Stage Include="a" Command="x" /></ItemGroup><Import Project="broken.props" Condition="false" /><ItemGroup>""");
        project.Write("broken.props", "<Project><Import Project='$(' <Promise Include='*' ");

        project.ShowWrittenMistakes();

        Assert.Empty(project.Engine.Errors);
    }

    [Fact]
    public void AWildcardInASourceIsWhatSourcesAreFor()
    {
        using var project = Project("""<Source Include="*.py" /> <Stage Include="a" Command="ls *" />""");

        project.ShowWrittenMistakes();

        Assert.Empty(project.Engine.Errors);
    }

    static TempProject Project(string items) => new($"""
        <Project>
          <PropertyGroup><Declared>x</Declared></PropertyGroup><ItemGroup><Csv Include="one.csv;two.csv" />
            {items}
          </ItemGroup>
        </Project>
        """);
}
