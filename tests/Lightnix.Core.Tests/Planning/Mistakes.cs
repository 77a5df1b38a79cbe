using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>Mistakes of declaration. The cases, and what is said about them, are in <c>approved/mistakes.txt</c>.</summary>
public class Mistakes
{
    [Fact]
    public void Are_reported_as_approved() => CaseFile.Check("Planning/approved/mistakes.txt", Reported);

    [Fact]
    public void Have_codes_that_are_documented()
    {
        var page = File.ReadAllText(RepositoryRoot.File("docs/diagnostics.md"));

        var codes = CaseFile.Read("Planning/approved/mistakes.txt").SelectMany(c => LnProj.Plan(c.Input).Diagnostics).Select(d => d.Code)
            .Distinct();

        Assert.All(codes, code => Assert.Contains($"\n## {code}\n", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Leave_no_plan() =>
        Assert.All(CaseFile.Read("Planning/approved/mistakes.txt").Select(c => LnProj.Plan(c.Input)),
        r => Assert.Equal(r.Plan is null, r.Diagnostics.Length > 0));

    [Fact]
    public void Are_not_made_by_programs_that_are_yet_to_be_built()
    {
        var result = LnProj.Plan("""<Stage Include="a" Program="Lib/Lib.csproj" /><Stage Include="b" Command="cat @{a}" />""");

        Assert.Null(result.Plan);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(
            "error LNX1015: stage 'a': building the program 'Lib/Lib.csproj' gave nothing that can run; its OutputType must be Exe",
            Assert.Single(result.Unbuilt).ToString());
    }

    [Fact]
    public void Are_all_reported_when_something_is_there_and_cannot_be_taken()
    {
        var contents = FakeContents.Usual.With("data/x").WithRefused("data").WithRefused("a.txt").WithRefused("run.sh");

        var reported = LnProj.Plan("""
            <Stage Include="one" Path="data" /><Stage Include="two" Path="data" /><Stage Include="three" Script="run.sh" />
            <Stage Include="four" Command="@{fvie}" />
            <Source Include="a.txt" />
            """, contents).Diagnostics.Select(Line);

        Assert.Equal(
        [
            "Stage[0].Path LNX2007 stage 'one': 'data' is refused. An import takes the whole folder: move the named paths out of it, "
                + "import a folder below it, or read its files in a stage with a Command, as <Source Include=\"data/**\" Stage=\"one\" />",
            "Stage[1].Path LNX2007 stage 'two': 'data' is refused. An import takes the whole folder: move the named paths out of it, "
                + "import a folder below it, or read its files in a stage with a Command, as <Source Include=\"data/**\" Stage=\"two\" />",
            "Stage[2].Script LNX2007 stage 'three': 'run.sh' is refused",
            "Stage[3].Command LNX1003 stage 'four': '@{fvie}' is not known. Known: @{out}, @{seed}, @{replicate}, @{cores}, @{one}, "
                + "@{three} and @{two}; a literal '@{' is written '@@{'",
            "Source[0] LNX2007 source 'a.txt': 'a.txt' is refused",
        ],
        reported);
    }

    [Fact]
    public void Are_sources_that_would_be_overwritten_by_the_context() => Assert.Equal(
        $"Source[0].Link LNX1013 source 'a.txt': '{Running.RunContext.Path}' cannot be a source, because LIGHTNIX_CONTEXT names a file of "
            + "this name; move it, or say with Link where it shall be",
        Assert.Single(
            LnProj.Plan("""<Stage Include="a" Command="true" /><Source Include="a.txt" Link=".lightnix.json" />""").Diagnostics.Select(
            Line)));

    [Fact]
    public void Are_files_that_builds_write_where_the_author_named_them()
    {
        const string xml = """
            <Stage Include="a" Command="true" /><Source Include="publish/a.txt;bin/model/x.txt;lightnix.lock.json;a.txt" />
            <Stage Include="b" Script="publish/b.py" />
            """;
        var contents = FakeContents.Usual.WithWritten("publish/a.txt", "was published").WithWritten("publish/b.py", "was published")
            .With("lightnix.lock.json");

        Assert.Equal(
            ["Stage[1].Script LNX1017 stage 'b': the script 'publish/b.py' was published, and cannot be a source; move it"],
            LnProj.Plan(xml, contents).Diagnostics.Select(Line));
        Assert.Equal(
            [
                "Source[0] LNX1017 source 'publish/a.txt' was published, and cannot be a source; name what a stage makes in a placeholder, "
                    + "as @{model/model.txt}, and move what is your own",
                "Source[1] LNX1017 source 'bin/model/x.txt' is below '/project/bin', where builds write, and cannot be a source; name what "
                    + "a stage makes in a placeholder, as @{model/model.txt}, and move what is your own",
            ],
            Planner.Plan(LnProj.Parse(xml) with { IsNamed = _ => true }, contents).Diagnostics.Where(d => d.Item!.Kind == ItemKind.Source)
                .Select(Line));
    }

    [Theory]
    [InlineData(1, 256, "a name in it has 256 bytes, and 255 is the most")]
    [InlineData(40, 100, "the path has 4039 bytes, and 3072 is the most")]
    public void Are_promises_that_no_result_can_hold(int parts, int letters, string limit)
    {
        var path = string.Join('/', Enumerable.Repeat(new string('p', letters), parts));
        Assert.EndsWith($"cannot be promised: {limit}; shorten it",
            Assert.Single(Reported($"""<Stage Include="a" Command="true" /><Promise Include="{path}" Stage="a" />""")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Are_file_URLs_of_what_another_project_built()
    {
        var file = LnProj.Absolute("app/bin/v");
        var reported = LnProj.Plan($"""<Stage Include="a" Url="{new Uri(file).AbsoluteUri}" Sha256="{new string('a', 64)}" />""",
            FakeContents.Usual.WithWritten("app/bin/v", "was built")).Diagnostics;
        Assert.Contains("in Url was built, and cannot be taken from there", Line(Assert.Single(reported)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cores", "99999999999999999999", "Cores is at most 2147483647")]
    [InlineData("Gpus", "4294967296", "Gpus is at most 2147483647")]
    [InlineData("Memory", "99999999999GiB", "Memory is at most 8589934591GiB")]
    [InlineData("Memory", "99999999999999999999", "Memory is at most 9223372036854775807")]
    [InlineData("TimeLimit", "100000:00:00", "TimeLimit is at most '99999:59:59'")]
    [InlineData("TimeLimit", "00:00:00", "TimeLimit is more than zero, at least '00:00:01'")]
    public void Are_numbers_beyond_a_limit_which_is_reported(string metadata, string value, string right) => Assert.Equal(
        $"Stage[0].{metadata} LNX1016 stage 'a': '{value}' in {metadata} is wrong: {right}",
        Assert.Single(Reported($"""<Stage Include="a" Command="true" {metadata}="{value}" />""")));

    [Fact]
    public void Are_seen_in_text_that_MSBuild_replaced()
    {
        Assert.Equal(
            "error LNX1007: 'plots/*.png' cannot be promised: MSBuild replaces a wildcard by the files that are there before the build, or "
                + "by nothing. Promise the folder, as Include=\"plots\" Pattern=\"*.png\" MinCount=\"3\"",
            DeclarationErrors.WildcardInPromise("plots/*.png").ToString());
    }

    static IEnumerable<string> Reported(string xml) => LnProj.Plan(xml).Diagnostics.Select(Line);

    static string Line(Diagnostic diagnostic) =>
        $"{diagnostic.Item!.Kind}[{diagnostic.Item.Ordinal}]{(diagnostic.Metadata is { } m ? "." + m : "")} {diagnostic.Code} "
            + $"{diagnostic.Message.Replace(LnProj.Folder, "/project", StringComparison.Ordinal)}";
}
