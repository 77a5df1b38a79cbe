namespace Lightnix.Planning;

public class CommandText
{
    [Theory]
    [InlineData("echo", "echo")]
    [InlineData("  echo  ", "echo")]
    [InlineData("\n  a\n    b\n  c\n", "a\n  b\nc")]
    [InlineData("\n\n  a\n\n  b\n\n", "a\n\nb")]
    [InlineData("\n\ta\n\t\tb\n", "a\n\tb")]
    [InlineData("\n  a\n\tb\n", "  a\n\tb")]
    [InlineData("\n    a\n   \n  b\n", "  a\n\nb")]
    [InlineData("a\n    b\n    c", "a\nb\nc")]
    [InlineData("a\r\n  b\r\n", "a\nb")]
    [InlineData("   ", "")]
    public void Is_dedented(string text, string expected) => Assert.Equal(expected, Dedent.Text(text));

    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("a b", "[a][b]")]
    [InlineData("  a \t\n b  ", "[a][b]")]
    [InlineData("'a b'", "[a b]")]
    [InlineData("\"a b\"", "[a b]")]
    [InlineData("a'b c'd", "[ab cd]")]
    [InlineData("'it\"s' \"it's\"", "[it\"s][it's]")]
    [InlineData("'' \"\"", "[][]")]
    [InlineData("a\\ b", "[a\\][b]")]
    [InlineData("C:\\dir\\x", "[C:\\dir\\x]")]
    [InlineData("--x=\"a b\"", "[--x=a b]")]
    [InlineData("@{data/my file.csv} x", "[@{data/my file.csv}][x]")]
    [InlineData("'@{data/it's.csv}' x", "[@{data/it's.csv}][x]")]
    [InlineData("@@{a b}", "[@@{a][b}]")]
    [InlineData("@{a b", "[@{a][b]")]
    public void Is_split_into_words(string text, string words)
    {
        var split = ArgumentWords.Split(text, out var unclosed);

        Assert.Equal(words, string.Concat(split.Select(w => $"[{w}]")));
        Assert.Null(unclosed);
    }

    [Theory]
    [InlineData("a 'b", '\'')]
    [InlineData("a \"b'", '"')]
    public void Has_quotes_that_are_closed(string text, char quote)
    {
        ArgumentWords.Split(text, out var unclosed);

        Assert.Equal(quote, unclosed);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("@{out}", "<out>")]
    [InlineData("a@{out}/b", "a<out>/b")]
    [InlineData("@{a}@{b}", "<a><b>")]
    [InlineData("@@{a}", "@{a}")]
    [InlineData("@@@{a}", "@@{a}")]
    [InlineData("${HOME} {x} @x {1..3}", "${HOME} {x} @x {1..3}")]
    [InlineData("@{}", "<>")]
    [InlineData("@{a{b}}", "<a{b>}")]
    public void Has_placeholders(string text, string pieces) =>
        Assert.Equal(pieces, string.Concat(PlaceholderText.Parse(text, out _).Select(p => p.IsPlaceholder ? $"<{p.Text}>" : p.Text)));

    [Theory]
    [InlineData("a", null, "a", "", null)]
    [InlineData("a/b/c", null, "a", "", "b/c")]
    [InlineData("a/", null, "a", "", "")]
    [InlineData("p:a/b", "p", "a", "", "b")]
    [InlineData("a[x=1]", null, "a", "x=1", null)]
    [InlineData("a[x=1,y=2]/b", null, "a", "x=1,y=2", "b")]
    [InlineData("a[x=a]b]/c", null, "a", "x=a]b", "c")]
    [InlineData("a[x=b/c]", null, "a", "x=b/c", null)]
    [InlineData("a[ x = 1 ]", null, "a", "x=1", null)]
    [InlineData("a/b[1]", null, "a", "", "b[1]")]
    [InlineData("p:a[x=c:d]", "p", "a", "x=c:d", null)]
    [InlineData("a[x=]", null, "a", "x=", null)]
    public void Names_stages(string text, string? project, string stage, string cells, string? path)
    {
        Assert.True(StageReference.TryParse(text, out var reference));

        Assert.Equal((project, stage, cells, path),
            (reference.Project, reference.Stage, string.Join(',', reference.Cells.Select(c => $"{c.Axis}={c.Value}")), reference.Path));
    }

    [Theory]
    [InlineData("a[")]
    [InlineData("a[]")]
    [InlineData("a[x]")]
    [InlineData("a[=1]")]
    [InlineData("a[x=1]b")]
    public void Names_cells_by_axis_and_value(string text) => Assert.False(StageReference.TryParse(text, out _));
}
