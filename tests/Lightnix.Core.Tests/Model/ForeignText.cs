namespace Lightnix.Model;

/// <summary>Text of builders, servers, archives and records, as people see it.</summary>
public sealed class ForeignText
{
    [Theory]
    [InlineData("plain text, with äöü and 😀", "plain text, with äöü and 😀")]
    [InlineData("\u001b[31mred\u001b[0m", "%1B[31mred%1B[0m")]
    [InlineData("\u001b]0;title\u0007", "%1B]0;title%07")]
    [InlineData("\u009b31m \u0085 \u007f \b", "%C2%9B31m %C2%85 %7F %08")]
    [InlineData("a\u202eb\u2028c\u2066", "a%E2%80%AEb%E2%80%A8c%E2%81%A6")]
    [InlineData("one\ttwo\nthree\r\nfour\rfive", "one\ttwo\nthree\nfour%0Dfive")]
    public void Moves_no_cursor(string text, string shown) => Assert.Equal(shown, Visible.Lines(text));

    [Theory]
    [InlineData("##vso[task.setvariable variable=x]y", "%23#vso[task.setvariable variable=x]y")]
    [InlineData("see ##vso[task.complete]", "see %23#vso[task.complete]")]
    [InlineData("##VSO[task.complete]", "%23#VSO[task.complete]")]
    [InlineData("##[error]no", "%23#[error]no")]
    [InlineData("  | ##[group]x\n##[endgroup]", "  | %23#[group]x\n%23#[endgroup]")]
    [InlineData("###[error]", "#%23#[error]")]
    [InlineData("##teamcity[buildStop comment='x']", "%23#teamcity[buildStop comment='x']")]
    [InlineData("::error file=a.js::no", "%3A:error file=a.js::no")]
    [InlineData("fine\n \t::set-output name=a::b", "fine\n \t%3A:set-output name=a::b")]
    [InlineData("std::vector and ## heading [1]", "std::vector and ## heading [1]")]
    public void Steers_no_CI_system(string text, string shown) => Assert.Equal(shown, Visible.Lines(text));

    [Fact]
    public void Is_one_line_where_one_is_wanted() => Assert.Equal("a%0Ab%09c", Visible.Text("a\nb\tc"));

    [Fact]
    public void Is_cut_where_it_is_too_long_to_read()
    {
        Assert.InRange(Visible.Lines("begin" + new string('9', 15_000_000) + "end").Length, 1000, 100_000);
        Assert.EndsWith("end", Visible.Lines("begin" + new string('9', 15_000_000) + "end"), StringComparison.Ordinal);
        Assert.DoesNotContain("%EF%BF%BD", Visible.Lines(string.Concat(Enumerable.Repeat("😀", 50_000))), StringComparison.Ordinal);
        Assert.DoesNotContain('\ufffd', Visible.Lines(string.Concat(Enumerable.Repeat("😀", 50_000))));
        Assert.DoesNotContain('\ufffd', Visible.Lines("x" + string.Concat(Enumerable.Repeat("😀", 50_000))));
    }
}
