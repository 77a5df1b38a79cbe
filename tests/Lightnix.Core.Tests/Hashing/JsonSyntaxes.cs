using CsCheck;

namespace Lightnix.Hashing;

/// <summary>JSON to the letter of RFC 8259.</summary>
public sealed class JsonSyntaxes
{
    [Theory]
    [InlineData("null")]
    [InlineData(" true ")]
    [InlineData("\t[ ]\r\n")]
    [InlineData("{}")]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.5e+10")]
    [InlineData("10E2")]
    [InlineData("[1,-2,3.25,[],{}]")]
    [InlineData("""{"a":{"b":[{"c":"d"}]},"":0}""")]
    [InlineData("\"\\u00e9\\n\\/ü\u007f\"")]
    public void Lawful(string text) => Assert.Null(Problem(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{1:2}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("'a'")]
    [InlineData("01")]
    [InlineData("010")]
    [InlineData("0x10")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1_0")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("undefined")]
    [InlineData("nul")]
    [InlineData("nulll")]
    [InlineData("True")]
    [InlineData("new Date(1)")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"a\u0001\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"abc")]
    [InlineData("\"abc\\\"")]
    [InlineData("[1 2]")]
    [InlineData("[1")]
    [InlineData("[1}")]
    [InlineData("[1]]")]
    [InlineData("1 2")]
    [InlineData("{} {}")]
    [InlineData("/*c*/1")]
    [InlineData("1 //c")]
    [InlineData("\u00a01")]
    [InlineData("\v1")]
    [InlineData("\ufeff1")]
    public void Unlawful(string text)
    {
        Assert.NotNull(Problem(text));
        Assert.False(JsonReader.TryParse(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void Depth_is_bounded()
    {
        Assert.Null(Problem(new string('[', JsonSyntax.MaxDepth) + new string(']', JsonSyntax.MaxDepth)));
        Assert.Contains("512", Problem(new string('[', 513) + new string(']', 513)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_in_a_stream_may_be_longer_than_a_block()
    {
        var text = "[\"" + new string('x', 200_000) + "\",1.5,1e999]";
        using var stream = new MemoryStream([.. "\uFEFF"u8, .. Encoding.UTF8.GetBytes(text)]);

        var syntax = JsonSyntax.Of(stream);

        Assert.Null(syntax.Problem);
        Assert.Equal(new UnusualNumber(1, text.IndexOf("1e999", StringComparison.Ordinal), 5), Assert.Single(syntax.UnusualNumbers));
    }

    [Fact]
    public void What_is_lawful_here_is_lawful_for_another_reader() =>
        Gen.Char["{}[]\",:0-1.eEntruefals\\ \n"].Array[0, 8]
            .Sample(chars => (Problem(new string(chars)) is null) == Elsewhere(new string(chars)), iter: 20_000);

    static bool Elsewhere(string text)
    {
        try
        {
            System.Text.Json.JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    static string? Problem(string text) => JsonSyntax.Of(Encoding.UTF8.GetBytes(text)).Problem?.Message;
}
