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
          <PropertyGroup><Declared>x</Declared></PropertyGroup><ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """);
}
