using CsCheck;

namespace Lightnix.Hashing;

public class CanonicalText
{
    static Gen<string> Texts { get; } =
        Gen.OneOf(Gen.Char["ab\"\\/\b\f\n\r\t\u0000\u001f\u007fäß€\ufb33"].Select(c => c.ToString()), Gen.Const("😀")).Array[0, 5]
        .Select(string.Concat);

    static Gen<JsonValue> Leaf { get; } = Gen.OneOf(
        Gen.Const((JsonValue)new JsonValue.Null()),
        Gen.Bool.Select(b => (JsonValue)new JsonValue.Boolean(b)),
        Gen.Long[-(1L << 53), 1L << 53].Select(n => JsonValue.Of(n)),
        Texts.Select(t => (JsonValue)new JsonValue.String(t)));

    static Gen<JsonValue> Values { get; } = Gen.Recursive<JsonValue>((depth, inner) => depth > 3 ? Leaf : Gen.OneOf(
        Leaf,
        inner.Array[0, 4].Select(items => (JsonValue)new JsonValue.Array([.. items])),
        Gen.Select(Texts, inner).Array[0, 4]
            .Select(members => (JsonValue)members.Aggregate(JsonValue.Object.Empty, (all, m) => all.With(m.Item1, m.Item2)))));

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("a", "\"a\"")]
    [InlineData("\"\\/", "\"\\\"\\\\/\"")]
    [InlineData("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"")]
    [InlineData("\u0000\u0001\u000b\u001f", "\"\\u0000\\u0001\\u000b\\u001f\"")]
    [InlineData("\u007f\u0080\u2028", "\"\u007f\u0080\u2028\"")]
    [InlineData("€$\u000f\nA'B\"\\\\\"/", "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"")] // RFC 8785, 3.2.2.2
    [InlineData("😀<>&", "\"😀<>&\"")]
    public void Of_strings_has_the_fewest_escapes(string value, string expected) =>
        Assert.Equal(expected, CanonicalJson.ToText(new JsonValue.String(value)));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-17", "-17")]
    [InlineData("9007199254740992", "9007199254740992")]
    public void Of_integers_is_decimal(string number, string expected) =>
        Assert.Equal(expected, CanonicalJson.ToText(new JsonValue.Number(number)));

    [Theory]
    [InlineData("0.5")]
    [InlineData("1e3")]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("99999999999999999999")]
    public void Holds_no_number_that_readers_would_round(string number) =>
        Assert.Throws<ArgumentException>(() => CanonicalJson.ToText(new JsonValue.Number(number)));

    [Fact]
    public void Has_members_in_the_order_of_the_RFC()
    {
        var members = new[] { "\r", "1", "€", "\ufb33", "😀", "ö" }.Zip(
            ["Carriage Return", "One", "Euro Sign", "Hebrew Letter Dalet With Dagesh", "Emoji: Grinning Face",
            "Latin Small Letter O With Diaeresis"]);

        var text = CanonicalJson.ToText(members.Aggregate(JsonValue.Object.Empty, (all, m) => all.With(m.First, m.Second)));

        // RFC 8785, 3.2.3: U+000D, U+0031, U+00F6, U+20AC, U+D83D, U+FB33.
        Assert.Equal(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\"😀\":\"Emoji: "
            + "Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}", text);
    }

    [Fact]
    public void Has_no_blanks() => Assert.Equal(
        """{"a":[1,true,null,{}],"b":[]}""",
        CanonicalJson.ToText(JsonReader.Parse(""" { "b" : [ ] , "a" : [ 1 , true , null , { } ] } """u8)));

    [Fact]
    public void Comes_back_as_it_was() => Values.Sample(value =>
    {
        var bytes = CanonicalJson.ToBytes(value);

        Assert.Equal(bytes, CanonicalJson.ToBytes(JsonReader.Parse(bytes)));
    });

    [Fact]
    public void Does_not_depend_on_the_order_of_members() => Gen.Select(Texts, Gen.Int).Array[0, 8].Sample(members =>
    {
        var once = members.DistinctBy(m => m.Item1).ToList();

        Assert.Equal(Text(once), Text(Enumerable.Reverse(once)));
    });

    [Fact]
    public void Holds_no_half_of_a_surrogate_pair() =>
        Assert.ThrowsAny<ArgumentException>(() => CanonicalJson.ToBytes(new JsonValue.String("\ud83d")));

    [Fact]
    public void Is_UTF8_without_a_mark_or_a_final_newline() =>
        Assert.Equal("\"ä\""u8.ToArray(), CanonicalJson.ToBytes(new JsonValue.String("ä")));

    static string Text(IEnumerable<(string, int)> members) =>
        CanonicalJson.ToText(members.Aggregate(JsonValue.Object.Empty, (all, m) => all.With(m.Item1, m.Item2)));
}
