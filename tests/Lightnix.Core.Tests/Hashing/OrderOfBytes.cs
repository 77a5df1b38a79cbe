using CsCheck;

namespace Lightnix.Hashing;

public class OrderOfBytes
{
    static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Char["ab/-.~\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff"].Select(c => c.ToString()),
        Gen.Int[0x10000, 0x10ffff].Select(char.ConvertFromUtf32)).Array[0, 5].Select(string.Concat);

    [Fact]
    public void Is_that_of_the_UTF8_of_a_text() => Gen.Select(Texts, Texts).Sample((a, b) =>
        Math.Sign(Utf8Order.Instance.Compare(a, b)) == Math.Sign(Encoding.UTF8.GetBytes(a).AsSpan()
            .SequenceCompareTo(Encoding.UTF8.GetBytes(b))));

    [Fact]
    public void Differs_from_that_of_UTF16()
    {
        Assert.True(string.CompareOrdinal("😀", "\ufb33") < 0);
        Assert.True(Utf8Order.Instance.Compare("😀", "\ufb33") > 0);
    }

    [Fact]
    public void Has_null_first() =>
        Assert.Equal((-1, 1, 0),
        (Utf8Order.Instance.Compare(null, ""), Utf8Order.Instance.Compare("", null), Utf8Order.Instance.Compare(null, null)));
}
