namespace Lightnix.Hashing;

public class JsonText
{
    [Theory]
    [InlineData("null")]
    [InlineData(" true ")]
    [InlineData("-12")]
    [InlineData("0.5")]
    [InlineData("1e-3")]
    [InlineData("\"a\\u00e4\\\"\"")]
    [InlineData("[]")]
    [InlineData("{\"a\":[1,{\"b\":null}]}")]
    [InlineData("\"2026-11-22T17:00:00Z\"")]
    public void Is_read(string text) => Assert.True(JsonReader.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("[1")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{'a':1}")]
    [InlineData("{a:1}")]
    [InlineData("'a'")]
    [InlineData("\"a")]
    [InlineData("1 2")]
    [InlineData("{} {}")]
    [InlineData("// no\n1")]
    [InlineData("1 // no")]
    [InlineData("/* no */ 1")]
    [InlineData("[1, /* no */ 2]")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("undefined")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":{\"b\":1,\"b\":1}}")]
    [InlineData("new Date(1)")]
    [InlineData("nul")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("01")]
    [InlineData("0x10")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("\"a\tb\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\'\"")]
    [InlineData("TRUE")]
    [InlineData("[1}")]
    public void Is_refused_where_it_is_no_JSON(string text)
    {
        Assert.False(JsonReader.TryParse(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Is_refused_where_it_is_no_UTF8()
    {
        Assert.False(JsonReader.TryParse([(byte)'"', 0xff, (byte)'"'], out _, out _));
        Assert.False(JsonReader.TryParse([0xef, 0xbb, 0xbf, (byte)'1'], out _, out _));
    }

    [Fact]
    public void Is_refused_where_it_is_too_deep() =>
        Assert.False(JsonReader.TryParse(Encoding.UTF8.GetBytes(new string('[', 600) + new string(']', 600)), out _, out _));

    [Fact]
    public void Keeps_what_looks_like_a_date() =>
        Assert.Equal(new JsonValue.String("2026-11-22T17:00:00+01:00"), JsonReader.Parse("\"2026-11-22T17:00:00+01:00\""u8));

    [Theory]
    [InlineData("1e999", "1e999")]
    [InlineData("-1E+999", "-1E+999")]
    [InlineData("1e-999", "0")]
    [InlineData("1e0000000000000000", "1")]
    public void Keeps_the_text_of_a_number_that_no_type_holds(string json, string text) =>
        Assert.Equal(text, Assert.IsType<JsonValue.Number>(JsonReader.Parse(System.Text.Encoding.UTF8.GetBytes(json))).Text);

    [Theory]
    [InlineData(@"""\ud83d\ude00""", true)]
    [InlineData(@"""\\ud800""", true)]
    [InlineData(@"""\ud800""", false)]
    [InlineData(@"""\ude00""", false)]
    [InlineData(@"""\ud800\ud800\udc00""", false)]
    [InlineData(@"""\ud800\n""", false)]
    [InlineData(@"""\ud800x\udc00""", false)]
    [InlineData(@"{""\udc00"":1}", false)]
    public void Has_no_half_of_a_pair(string json, bool isText)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(json);

        Assert.True(JsonReader.TryParse(bytes, out _, out _));
        Assert.Equal(isText, Record.Exception(() => JsonReader.Parse(bytes)) is not FormatException);
    }
}
