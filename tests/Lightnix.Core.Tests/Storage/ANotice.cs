namespace Lightnix.Storage;

public sealed class ANotice : IDisposable
{
    static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Is_given_once_a_day_and_when_it_says_something_else()
    {
        var notices = new Notices(_temp.Folder);

        Assert.True(notices.IsDue("no-sandbox", "it is not installed", Now));
        Assert.False(notices.IsDue("no-sandbox", "it is not installed", Now.AddHours(23)));
        Assert.True(notices.IsDue("no-sandbox", "it refuses", Now.AddHours(23)));
        Assert.True(notices.IsDue("no-sandbox", "it refuses", Now.AddHours(48)));
        Assert.True(notices.IsDue("other", "it refuses", Now.AddHours(48)));
    }
}
