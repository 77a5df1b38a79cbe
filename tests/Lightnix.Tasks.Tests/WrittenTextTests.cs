namespace Lightnix.Tasks;

public sealed class WrittenTextTests
{
    [Theory]
    [InlineData("echo $(whoami_nobody)", "replaced '$(whoami_nobody)' in Command by nothing", "%24(whoami_nobody)")]
    [InlineData("echo $(PATH)", "by the environment variable", "%24(PATH)")]
    [InlineData("echo $((1+2))", "by nothing", "%24((1+2))")]
    [InlineData("echo $(PATH | head -c 3)", "by nothing", "%24(PATH | head -c 3)")]
    public void A_reference_that_MSBuild_took_is_warned_about_with_the_cure(string command, string what, string cure)
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
    public void What_the_author_meant_for_MSBuild_or_for_the_shell_is_not(string command)
    {
        using var project = Project($"""<Stage Include="a" Command="{command}" />""");

        project.ShowWrittenMistakes();

        Assert.Empty(project.Engine.Warnings);
    }

    [Theory]
    [InlineData("Command='echo @(Get-ChildItem)'", "Command by nothing, because there are no Get-ChildItem items", "%40(Get-ChildItem)")]
    [InlineData("Command='cat @(Source)'", "Command by those Source items that are declared above the stage", "%40(Source)")]
    [InlineData("Script='a.py' Arguments=\"@(Csv->'%(Filename)', ' ') @(Source->'%(Filename)', ' ')\"", "Arguments by those Source items",
        "%40(Source->")]
    public void Items_that_MSBuild_did_not_have_are_warned_about_with_the_cure(string builder, string what, string cure)
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
    public void Items_that_are_all_there_and_what_is_not_for_MSBuild_are_not(string builder)
    {
        using var project = Project($"""<Stage Include="a" {builder} />""");

        project.ShowWrittenMistakes();

        Assert.Empty(project.Engine.Warnings);
    }

    [Fact]
    public void A_reference_in_an_element_is_reported_at_its_stage()
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

    [Theory]
    [InlineData("sub/more.props", "sub/more.props")]
    [InlineData(@"sub\more.props", "sub/more.props")]
    [InlineData("$(MSBuildThisFileDirectory)sub/more.props", "sub/more.props")]
    [InlineData("$(MSBuildProjectDirectory)/sub/more.props", "sub/more.props")]
    public void A_file_that_defines_nothing_is_read_too(string import, string file)
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
    public void A_file_that_only_sets_defaults_is_read_too_also_where_a_later_definition_takes_them_up()
    {
        using var project = Project("""
            </ItemGroup><ItemDefinitionGroup>
              <Stage><Environment>%(Environment);A=1</Environment><Seed>1</Seed></Stage>
            </ItemDefinitionGroup><ItemGroup><Stage Include="a" Command="x" />
            """);
        var defaults = project.Write("Directory.Build.props", """
            <Project>
              <ItemDefinitionGroup><Stage><Environment>OMP_NUM_THREADS=$(nobody_here)</Environment>
                <Seed>$(nobody_here)</Seed></Stage></ItemDefinitionGroup>
            </Project>
            """);
        File.WriteAllText(project.File,
            File.ReadAllText(project.File)
            .Replace("<Project>", "<Project><Import Project='Directory.Build.props' />", StringComparison.Ordinal));

        project.ShowWrittenMistakes();

        var warning = Assert.Single(project.Engine.Warnings);
        Assert.Equal(("LNX1011", defaults, 2), (warning.Code, warning.File, warning.LineNumber));
        Assert.StartsWith("the ItemDefinitionGroup of Stage: MSBuild replaced '$(nobody_here)' in Environment by nothing", warning.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_target_adds_is_warned_about_where_it_is_lost_in_any_case()
    {
        using var project = Project("""
            </ItemGroup><Target Name="Add"><PropertyGroup><Set>1</Set></PropertyGroup><ItemGroup>
            <Stage Include="a" Command="$(nobody_here) $(Set) $(MSBuildThisFileDirectory)" /><Promise Include="*.q" Stage="a" />
            <Source Include="*.nobody" />
            </ItemGroup></Target><Target Name="Other" Condition="'$(nobody_here)' != ''"><ItemGroup>
            <Stage Include="b" Command="$(nobody_here)" /></ItemGroup></Target><ItemGroup>
            """);

        project.ShowWrittenMistakes();

        Assert.Equal([("LNX1011", 4), ("LNX1007", 4)], project.Engine.Warnings.Select(w => (w.Code, w.LineNumber)));
    }

    [Fact]
    public void Bytes_that_are_not_Utf8_are_warned_about_in_a_text_that_counts()
    {
        const string text =
            """<Project><PropertyGroup><Drink>caf?</Drink></PropertyGroup><ItemGroup>"""
            + """<Stage Include="a" Command="echo $(Drink)" Cores="?" />"""
            + """<Stage Include="b" Command="echo" /> <!-- ? --></ItemGroup></Project>""";
        using var project = new TempProject(text);
        File.WriteAllBytes(project.File, [.. System.Text.Encoding.ASCII.GetBytes(text).Select(b => b == '?' ? (byte)0xe9 : b)]);

        project.ShowWrittenMistakes();

        var warning = Assert.Single(project.Engine.Warnings);
        Assert.Equal(("LNX1011", project.File, 1), (warning.Code, warning.File, warning.LineNumber));
        Assert.Equal(
            $"stage 'a': MSBuild replaced bytes in Command by U+FFFD, because '{project.File}' is not UTF-8; save the file as UTF-8",
            warning.Message);
    }

    [Fact]
    public void A_replacement_character_that_the_author_wrote_is_not()
    {
        using var utf8 = Project($"""<Stage Include="a" Command="echo {'\uFFFD'}" />""");
        using var utf16 = Project("""<Stage Include="a" Command="x" />""");
        File.WriteAllText(utf16.File, File.ReadAllText(utf8.File), System.Text.Encoding.Unicode);

        utf8.ShowWrittenMistakes();
        utf16.ShowWrittenMistakes();

        Assert.Equal("", utf8.Said + utf16.Said);
    }

    [Fact]
    public void A_file_that_is_not_imported_is_no_matter()
    {
        using var project =
            Project("""<Stage Include="a" Command="x" /></ItemGroup><Import Project="broken.props" Condition="false" /><ItemGroup>""");
        project.Write("broken.props", "<Project><Import Project='$(' <Promise Include='*' ");

        project.ShowWrittenMistakes();

        Assert.Empty(project.Engine.Errors);
    }

    [Theory]
    [InlineData("""<Stage Include="a" Command="print('%(name)s has %(count)d')" />""",
        "'%(name)' in Command by nothing, because the stage has no such metadata", "'%25(name)' for the shell")]
    [InlineData("""<Stage Include="a" Script="a.py" Arguments="%(seed)" />""", "'%(seed)' in Arguments by nothing", "'%25(seed)'")]
    [InlineData("""<Stage Include="a" Command="echo %(Epoch)" Epoch="Daily" />""", "the stage has no such metadata before it",
        "change their order")]
    [InlineData("""<Stage Include="a" Command="x" Parameters="rate=$(nobody_here)" />""", "'$(nobody_here)' in Parameters by nothing",
        "'%24(nobody_here)' where this text is meant")]
    [InlineData("""<Stage Include="a" Command="x" Environment="A=$(PATH)" />""",
        "'$(PATH)' in Environment by the environment variable PATH", "declare the property")]
    [InlineData("""<Stage Include="a" Command="x" Matrix="rate=0.1,$(nobody_here)" />""", "in Matrix by nothing", "")]
    [InlineData("""<Stage Include="a" Command="x" Tools="git;$(nobody_here)" />""", "in Tools by nothing", "")]
    [InlineData("""<Stage Include="a" Path="$(nobody_here)/d" />""", "in Path by nothing", "")]
    [InlineData("""<Stage Include="a" Url="https://x/$(nobody_here)" />""", "in Url by nothing", "")]
    [InlineData("""<Stage Include="a" Script="a.py" Interpreter="$(nobody_here)" />""", "in Interpreter by nothing", "")]
    [InlineData("""<Stage Include="a" Command="x" Seed="$(nobody_here)" />""", "in Seed by nothing", "")]
    [InlineData("""<Stage Include="a" Command="x" Epoch="$(nobody_here)" />""", "in Epoch by nothing", "")]
    [InlineData("""<Stage Include="a" Command="x" Environment="A=@(Nobody)" />""", "'@(Nobody)' in Environment by nothing", "")]
    [InlineData("""<Stage Include="$(nobody_here)" Command="x" />""",
        "stage '$(nobody_here)': MSBuild replaced '$(nobody_here)' in Include by nothing", "")]
    [InlineData("""<Source Include="$(nobody_here)/a.py" />""", "source '$(nobody_here)/a.py'", "in Include by nothing")]
    [InlineData("""<Source Include="@(Nobody)" />""", "source '@(Nobody)'", "there are no Nobody items")]
    [InlineData("""<Source Include="a.py" Exclude="$(nobody_here)/**" />""", "in Exclude by nothing", "")]
    [InlineData("""<Source Include="a.py" Stage="$(nobody_here)" />""", "in Stage by nothing", "")]
    [InlineData("""<Promise Include="$(nobody_here)" Stage="a" />""", "promise '$(nobody_here)'", "in Include by nothing")]
    [InlineData("""<Promise Include="x" Stage="a" Min="$(nobody_here)" />""", "promise 'x'", "in Min by nothing")]
    [InlineData("""<Matcher Include="a" Take="$(nobody_here)" />""", "matcher 'a'", "in Take by nothing")]
    [InlineData("""</ItemGroup><ItemDefinitionGroup><Stage><Environment>A=$(PATH)</Environment></Stage></ItemDefinitionGroup><ItemGroup>""",
        "in Environment by the environment variable PATH", "")]
    public void Any_text_that_counts_is_looked_at(string item, string reported, string also)
    {
        using var project = Project(item);

        project.ShowWrittenMistakes();

        Assert.All(project.Engine.Warnings, w => Assert.Equal("LNX1011", w.Code));
        Assert.Contains(reported, project.Said, StringComparison.Ordinal);
        Assert.Contains(also, project.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<Stage Include="a" Script="a.py" Arguments="%(Filename) %(Identity) %(RecursiveDir)" />""")]
    [InlineData("""<Stage Include="a" Epoch="Daily" Command="echo %(Epoch)" />""")]
    [InlineData("""<Stage Include="a"><_Mine>1</_Mine><Command>echo %(_Mine) %25(name)s %20s</Command></Stage>""")]
    [InlineData("""<Stage Include="a" Command="x" Cores="$(NUMBER_OF_PROCESSORS)" />""")]
    [InlineData("""<Stage Include="a" Command="x" TimeLimit="$(nobody_here)" PassEnvironment="$(PATH)" />""")]
    [InlineData("""<Stage Include="a" Command="x" Environment="A=$(Declared)" Parameters="x=$(Empty)" />""")]
    [InlineData("""<Source Include="$(MSBuildThisFileDirectory)a.py" Link="%(Filename)%(Extension)" />""")]
    [InlineData("""<Source Include="@(Csv)" /> <Source Include="@(Csv->'%(Filename)')" />""")]
    [InlineData("""<Source Include="$(nobody_here)/a.py" Condition="'$(nobody_here)' != ''" />""")]
    [InlineData("""<Maybe Include="a" Condition="false" /> <Source Include="@(Maybe)" />""")]
    [InlineData("""<Promise Include="x" Stage="a" CopyToOutputDirectory="$(nobody_here)" />""")]
    public void What_stays_and_what_does_not_count_is_not(string item)
    {
        using var project = Project(item);

        project.ShowWrittenMistakes();

        Assert.Equal("", project.Said);
    }

    static TempProject Project(string items, string folder = "") => TempProject.OfItems(items, folder);
}
