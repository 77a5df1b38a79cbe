using Lightnix.Model;

namespace Lightnix.Planning;

public class RequestedStages
{
    static readonly Plan Plan = LnProj.Good("""
        <Stage Include="data" Command="true" />
        <Stage Include="train" Command="cat @{data}" Matrix="rate=0.1,0.01;depth=3,4" />
        <Stage Include="report" Command="cat @{train}" /><Stage Include="report-2" Command="cat @{data}" />
        """);

    static readonly ReferencedStage Split = new()
    {
        Project = "/base/raw data.lnproj",
        Name = StageName.Parse("split-1"),
        DeclaredName = StageName.Parse("split"),
        Axes = ImmutableSortedDictionary<string, string>.Empty.Add("n", "1"),
        Store = "/store",
        Matcher = Matcher.Default,
    };

    static readonly StageScope Alone = new("p", false, [], []);
    static readonly StageScope Above = new("p", false, [new("raw", "/base/raw data.lnproj"), new("mid", "/mid/mid.lnproj")], [Split]);
    static readonly StageScope Below = Above with { IsPart = true };

    [Theory]
    [InlineData("", "data report-2 train-0_01-3 train-0_01-4 train-0_1-3 train-0_1-4 report")]
    [InlineData("report", "report")]
    [InlineData("REPORT;data", "data report")]
    [InlineData("report*", "report-2 report")]
    [InlineData("*", "data report-2 train-0_01-3 train-0_01-4 train-0_1-3 train-0_1-4 report")]
    [InlineData("?ata", "data")]
    [InlineData("train", "train-0_01-3 train-0_01-4 train-0_1-3 train-0_1-4")]
    [InlineData("tr*n", "train-0_01-3 train-0_01-4 train-0_1-3 train-0_1-4")]
    [InlineData("train-0_1-*", "train-0_1-3 train-0_1-4")]
    [InlineData("train-0_1-3", "train-0_1-3")]
    [InlineData("train[rate=0.1]", "train-0_1-3 train-0_1-4")]
    [InlineData("Train[depth=3,rate=0.01]", "train-0_01-3")]
    [InlineData("P:report", "report")]
    [InlineData("p:train[rate=0.1] ?:data", "data train-0_1-3 train-0_1-4")]
    [InlineData("*:report*", "report-2 report")]
    public void Are_found(string text, string expected)
    {
        var (stages, diagnostics, _) = StagePatterns.Select(Plan, StagePatterns.Split(text), Alone);

        Assert.Equal(expected, string.Join(' ', stages.Select(s => s.Name)));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("raport",
        "LightnixStages: no stage is called 'raport'. Did you mean 'report'? Known: data, report, report-2, train, train-0_01-3, "
        + "train-0_01-4, train-0_1-3 and train-0_1-4")]
    [InlineData("p:raport",
        "LightnixStages: no stage is called 'p:raport'. Did you mean 'p:report'? Known: data, report, report-2, train, train-0_01-3, "
        + "train-0_01-4, train-0_1-3 and train-0_1-4")]
    [InlineData("q:data", "LightnixStages: no project is called 'q'. A project is called by its file name without the ending. Known: p")]
    [InlineData("x*",
        "LightnixStages: no stage is called 'x*'. Known: data, report, report-2, train, train-0_01-3, train-0_01-4, train-0_1-3 and "
        + "train-0_1-4")]
    [InlineData("data[x=1]",
        "LightnixStages: no stage is called 'data[x=1]'. Known: data, report, report-2, train, train-0_01-3, train-0_01-4, train-0_1-3 and "
        + "train-0_1-4")]
    public void Are_known(string text, string message)
    {
        var (_, diagnostics, _) = StagePatterns.Select(Plan, StagePatterns.Split($"data {text}"), Alone);

        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(("LNX1003", message), (diagnostic.Code, diagnostic.Message));
    }

    [Theory]
    // What is a reference's is said to that, and no mistake here.
    [InlineData("split split-1 split[n=1] raw?data:split *:split mid:nothing", "")]
    [InlineData("rapport",
        "no stage is called 'rapport'. Did you mean 'report'? Known: data, report, report-2, train, train-0_01-3, train-0_01-4, "
        + "train-0_1-3, train-0_1-4, raw data:split and raw data:split-1. A stage of a project further away is named with it, as "
        + "'project:stage'")]
    [InlineData("splitt", "no stage is called 'splitt'. Did you mean 'raw data:split'?")]
    [InlineData("split[n=2]", "no stage is called 'split[n=2]'.")]
    // A reference has another name for it; that of the file is the one that all know.
    [InlineData("raw:split", "no project is called 'raw'. Did you mean 'raw data:split'?")]
    [InlineData("mdi:b",
        "no project is called 'mdi'. Did you mean 'mid:b'? A project is called by its file name without the ending. Known: p, raw data and "
        + "mid")]
    // What the references reference is not known here.
    [InlineData("furtherdown:x", "")]
    public void Of_other_projects_are_warned_about_where_they_are_hardly_there(string text, string message)
    {
        var (stages, diagnostics, unknown) = StagePatterns.Select(Plan, StagePatterns.Split(text), Above, "LightnixUpdate");

        Assert.Empty(stages);
        Assert.Empty(unknown);
        Assert.All(diagnostics, d => Assert.Equal(("LNX1003", Severity.Warning), (d.Code, d.Severity)));
        Assert.StartsWith(message.Length == 0 ? "" : $"LightnixUpdate: {message}", string.Join('\n', diagnostics.Select(d => d.Message)),
            StringComparison.Ordinal);
        Assert.Equal(message.Length == 0, diagnostics.IsEmpty);
    }

    [Fact]
    public void May_be_those_of_what_a_CSharp_project_references()
    {
        var (_, diagnostics, unknown) =
            StagePatterns.Select(Plan, StagePatterns.Split("zzz further:x rapport"), Alone with { HasMore = true });

        Assert.Equal((Severity.Warning, "zzz"), (Assert.Single(diagnostics).Severity, Assert.Single(unknown)));
    }

    [Fact]
    public void Of_other_projects_pass_in_a_build_of_several_and_are_noted()
    {
        var (stages, diagnostics, unknown) = StagePatterns.Select(Plan, StagePatterns.Split("data rapport zzz:b split *:zzz"), Below);
        Assert.Equal(("data", "rapport"), (Assert.Single(stages).Name.ToString(), Assert.Single(unknown)));
        Assert.Empty(diagnostics);

        Assert.Equal(Severity.Error, Assert.Single(StagePatterns.Select(Plan, ["p:rapport"], Below).Diagnostics).Severity);
    }

    [Fact]
    public void Of_a_misspelled_project_are_noted_by_the_one_that_may_be_meant()
    {
        string[] Noted(string project) =>
            [.. StagePatterns.Select(Plan, StagePatterns.Split("dta:report other:report *:zzz"), Below with { Project = project }).Unknown];

        Assert.Equal(["dta:report"], Noted("data"));
        Assert.Empty(Noted("app"));
    }

    [Theory]
    [InlineData("a b;c\n d ", "a b c d")]
    [InlineData(" ; ", "")]
    public void Are_split_at_blanks_and_semicolons(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', StagePatterns.Split(text)));
}
