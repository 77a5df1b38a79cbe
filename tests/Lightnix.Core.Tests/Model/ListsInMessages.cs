namespace Lightnix.Model;

public sealed class ListsInMessages
{
    [Theory]
    [InlineData("", ", ", 0, "")]
    [InlineData("a b", ", ", 0, "a, b")]
    [InlineData("a b c d", ", ", 0, "a, b and 2 more")]
    [InlineData("a b c", "; ", 0, "a; b; and 1 more")]
    [InlineData("a", ", ", 1000, "a and 1000 more")]
    public void Say_how_many_more_there_are(string items, string separator, int beside, string expected) =>
        Assert.Equal(expected, Listed.First(2, items.Split(' ', StringSplitOptions.RemoveEmptyEntries), separator, beside));
}
