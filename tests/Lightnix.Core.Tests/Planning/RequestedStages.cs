namespace Lightnix.Planning;

public class RequestedStages
{
    static readonly Plan Plan = LnProj.Good("""
        <Stage Include="data" Command="true" /><Stage Include="train" Command="cat @{data}" Matrix="rate=0.1,0.01;depth=3,4" /><Stage Include="report" Command="cat @{train}" /><Stage Include="report-2" Command="cat @{data}" />
        """);

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
    public void Are_found(string text, string expected)
    {
        var (stages, diagnostics) = StagePatterns.Select(Plan, StagePatterns.Split(text));

        Assert.Equal(expected, string.Join(' ', stages.Select(s => s.Name)));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("raport", "LightnixStages: no stage is called 'raport'. Did you mean 'report'? Known: data, report, report-2, train, train-0_01-3, train-0_01-4, train-0_1-3 and train-0_1-4")]
    [InlineData("x*", "LightnixStages: no stage is called 'x*'. Known: data, report, report-2, train, train-0_01-3, train-0_01-4, train-0_1-3 and train-0_1-4")]
    [InlineData("data[x=1]", "LightnixStages: no stage is called 'data[x=1]'. Known: data, report, report-2, train, train-0_01-3, train-0_01-4, train-0_1-3 and train-0_1-4")]
    public void Are_known(string text, string message)
    {
        var (_, diagnostics) = StagePatterns.Select(Plan, StagePatterns.Split($"data {text}"));

        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(("LNX1003", message), (diagnostic.Code, diagnostic.Message));
    }

    [Theory]
    [InlineData("a b;c\n d ", "a b c d")]
    [InlineData(" ; ", "")]
    public void Are_split_at_blanks_and_semicolons(string text, string expected) => Assert.Equal(expected, string.Join(' ', StagePatterns.Split(text)));

    [Theory]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "aXbYbZ", false)]
    [InlineData("**a", "bca", true)]
    [InlineData("A?c", "abC", true)]
    public void Match_globs(string pattern, string text, bool matches) => Assert.Equal(matches, StagePatterns.IsMatch(pattern, text));
}
