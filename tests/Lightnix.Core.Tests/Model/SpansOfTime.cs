namespace Lightnix.Model;

/// <summary>Durations in messages, tables and files.</summary>
public sealed class SpansOfTime
{
    [Theory]
    [InlineData("00:00:00.04", "0.0 s", "00:00:00.040")]
    [InlineData("00:00:59.94", "59.9 s", "00:00:59.940")]
    [InlineData("00:00:59.96", "1 min 0 s", "00:00:59.960")]
    [InlineData("00:02:05.4", "2 min 5 s", "00:02:05.400")]
    [InlineData("00:59:59.7", "1 h 0 min", "00:59:59.700")]
    [InlineData("23:07:59", "23 h 7 min", "23:07:59.000")]
    [InlineData("1.00:00:00", "1 d 0 h", "1.00:00:00.000")]
    [InlineData("12.04:59:00.001", "12 d 4 h", "12.04:59:00.001")]
    public void Have_days_where_they_are_longer_than_one(string span, string text, string exact)
    {
        var time = TimeSpan.Parse(span, CultureInfo.InvariantCulture);

        Assert.Equal((text, exact), (Durations.Text(time), Durations.Exact(time)));
    }

    [Theory]
    [InlineData("00:00:02")]
    [InlineData("30:00:00")]
    [InlineData("720:05:09")]
    public void Are_named_as_they_were_declared(string text)
    {
        var parts = text.Split(':').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(text, Durations.Declared(new TimeSpan(parts[0], parts[1], parts[2])));
    }
}
