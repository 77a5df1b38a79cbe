using CsCheck;

namespace Lightnix.Planning;

public class EscapedText
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("%24(pwd)", "$(pwd)")]
    [InlineData("%25%27%28%29%2A%3B%3F%40", "%'()*;?@")]
    [InlineData("%2a%3b%3f", "*;?")]
    [InlineData("%02d %10s", "%02d %10s")]
    [InlineData("date +%F %H%M", "date +%F %H%M")]
    [InlineData("%20s %0A", "%20s %0A")]
    [InlineData("a%20b", "a%20b")]
    [InlineData("50%", "50%")]
    [InlineData("%2", "%2")]
    [InlineData("%%24", "%$")]
    [InlineData("%2524", "%24")]
    [InlineData("%+4", "%+4")]
    [InlineData("% 4", "% 4")]
    [InlineData("ü%24ö", "ü$ö")]
    public void Is_decoded_where_MSBuild_would_see_syntax(string escaped, string plain) => Assert.Equal(plain, Escapes.Decode(escaped));

    [Theory]
    [InlineData("", "")]
    [InlineData(" ; ;", "")]
    [InlineData("a;b", "a|b")]
    [InlineData("a%3Bb;c", "a;b|c")]
    [InlineData(" a ;\n  b c ;", "a|b c")]
    public void Is_split_before_it_is_decoded(string escaped, string entries) =>
        Assert.Equal(entries, string.Join('|', Escapes.List(escaped)));

    [Fact]
    public void Comes_back_from_MSBuilds_own_escaping() => Gen.String[Gen.Char["$%'()*;?@ab24 "]].Sample(
        text => Escapes.Decode(
            string.Concat(text.Select(c => "$%'()*;?@".Contains(c, StringComparison.Ordinal) ? $"%{(int)c:X2}" : c.ToString()))) == text);
}
