namespace Lightnix.Model;

public sealed class Figures
{
    [Theory]
    [InlineData("0.96190476", "0.9619")]
    [InlineData("0.9", "0.9")]
    [InlineData("0.10", "0.1")]
    [InlineData("60000", "60000")]
    [InlineData("12345.678", "12346")]
    [InlineData("1234.5678", "1235")]
    [InlineData("9999.6", "10000")]
    [InlineData("-0.000123456", "-0.0001235")]
    [InlineData("1e-10", "1E-10")]
    [InlineData("good", "good")]
    public void Have_four_significant_digits_and_all_digits_before_the_point(string text, string shown) =>
        Assert.Equal(shown, Figure.Of(text));

    [Theory]
    [InlineData("0.96190476", "0.99047619", "0.9619", "0.9905")]
    [InlineData("0.96190476", "0.96190999", "0.9619", "0.96191")]
    [InlineData("0.5", "0.50", "0.5", "0.5")]
    [InlineData("good", "0.123456", "good", "0.123456")]
    public void That_differ_are_shown_so_that_they_differ(string before, string now, string shownBefore, string shownNow) =>
        Assert.Equal((shownBefore, shownNow), Figure.Pair(before, now));
}
