using CsCheck;

namespace Lightnix.Model;

public class Misspelling
{
    [Theory]
    [InlineData("train", "train", 0)]
    [InlineData("TRAIN", "train", 0)]
    [InlineData("trian", "train", 1)]
    [InlineData("trai", "train", 1)]
    [InlineData("traain", "train", 1)]
    [InlineData("brain", "train", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("ca", "abc", 3)]
    public void Has_a_distance(string a, string b, int distance) => Assert.Equal(distance, Spelling.Distance(a, b));

    [Theory]
    [InlineData("Commnd", "Command")]
    [InlineData("Arguements", "Arguments")]
    [InlineData("commando", "Command")]
    [InlineData("CopyToOutput", "CopyToOutputDirectory")]
    [InlineData("Xyz", null)]
    [InlineData("a", null)]
    [InlineData("", null)]
    public void Has_a_nearest_name(string text, string? nearest) =>
        Assert.Equal(nearest, Spelling.Nearest(text, ["Arguments", "Command", "Cores", "CopyToOutputDirectory", "b"]));

    [Fact]
    public void Is_as_far_from_the_right_name_as_the_right_name_from_it() =>
        Gen.Select(Gen.String[Gen.Char["abc"], 0, 8], Gen.String[Gen.Char["abc"], 0, 8]).Sample(
        (a, b) => Spelling.Distance(a, b) == Spelling.Distance(b, a) && Spelling.Distance(a, b) <= Math.Max(a.Length, b.Length)
            && (Spelling.Distance(a, b) == 0) == (a == b));
}
