namespace Lightnix.Hashing;

public class Digests
{
    const string OfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void Are_SHA256()
    {
        Assert.Equal(OfNothing, Digest.Of([]).ToString());
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Digest.Of("abc"u8).ToString());
        Assert.Equal(Digest.Of("abc"u8), Digest.Of(new MemoryStream("abc"u8.ToArray())));
    }

    [Fact]
    public void Are_read_in_either_case() => Assert.Equal(Digest.Parse(OfNothing), Digest.Parse(OfNothing.ToUpperInvariant()));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("e3b0")]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85５")]
    public void Are_64_hexadecimal_digits(string? text) => Assert.False(Digest.TryParse(text, out _));

    [Fact]
    public void Come_back_from_their_bytes() => Assert.Equal(Digest.Parse(OfNothing), Digest.FromBytes(Digest.Parse(OfNothing).ToBytes()));

    [Fact]
    public void Are_shown_short() => Assert.Equal("e3b0c44298fc", Digest.Parse(OfNothing).Short);
}
