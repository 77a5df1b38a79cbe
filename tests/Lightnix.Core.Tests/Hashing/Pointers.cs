namespace Lightnix.Hashing;

/// <summary>The examples of RFC 6901, section 5, and what its grammar forbids.</summary>
public class Pointers
{
    static readonly JsonValue Document = JsonReader.Parse("""
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8,"01":9,"x":{"0":10},"~1":11}
        """u8);

    [Theory]
    [InlineData("/foo", "[\"bar\",\"baz\"]")]
    [InlineData("/foo/0", "\"bar\"")]
    [InlineData("/", "0")]
    [InlineData("/a~1b", "1")]
    [InlineData("/c%d", "2")]
    [InlineData("/e^f", "3")]
    [InlineData("/g|h", "4")]
    [InlineData("/i\\j", "5")]
    [InlineData("/k\"l", "6")]
    [InlineData("/ ", "7")]
    [InlineData("/m~0n", "8")]
    [InlineData("/01", "9")]
    [InlineData("/x/0", "10")]
    [InlineData("/~01", "11")]
    public void Find_what_they_name(string text, string expected)
    {
        Assert.True(JsonPointer.TryParse(text, out var pointer));

        Assert.Equal(expected, CanonicalJson.ToText(pointer.Find(Document)!));
    }

    [Fact]
    public void Find_the_whole_document()
    {
        Assert.True(JsonPointer.TryParse("", out var pointer));

        Assert.Same(Document, pointer.Find(Document));
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/foo/2")]
    [InlineData("/foo/-")]
    [InlineData("/foo/00")]
    [InlineData("/foo/01")]
    [InlineData("/foo/-1")]
    [InlineData("/foo/+1")]
    [InlineData("/foo/ 1")]
    [InlineData("/foo/1.0")]
    [InlineData("/foo/99999999999")]
    [InlineData("/foo/0/x")]
    [InlineData("/foo/")]
    public void Find_nothing_where_there_is_none(string text)
    {
        Assert.True(JsonPointer.TryParse(text, out var pointer));

        Assert.Null(pointer.Find(Document));
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("#/foo")]
    [InlineData("/a~")]
    [InlineData("/a~2")]
    [InlineData("~0")]
    public void Begin_with_a_slash_and_escape_what_must_be(string text) => Assert.False(JsonPointer.TryParse(text, out _));
}
