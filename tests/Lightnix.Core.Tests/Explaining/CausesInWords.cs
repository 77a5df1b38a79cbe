namespace Lightnix.Explaining;

public sealed class CausesInWords
{
    [Theory]
    [InlineData(null, "a", null, "Command is new")]
    [InlineData("a", null, null, "Command is gone")]
    [InlineData("a", "b", null, "Command was 'a' and is 'b'")]
    [InlineData("a", "b", "content", "Command changed (content)")]
    [InlineData("a\nb", "b", null, "Command changed")]
    public void Say_what_changed(string? before, string? now, string? aspect, string expected) =>
        Assert.Equal(expected, new Cause("Command", before, now) { Aspect = aspect }.ToString());
}
