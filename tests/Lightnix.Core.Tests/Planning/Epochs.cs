namespace Lightnix.Planning;

public class Epochs
{
    [Theory]
    [InlineData("Hourly", "2026-11-22T17:59:59Z", "2026-11-22T17")]
    [InlineData("Daily", "2026-11-22T17:59:59Z", "2026-11-22")]
    [InlineData("daily", "2026-11-22T23:59:59Z", "2026-11-22")]
    [InlineData("Daily", "2026-11-23T00:30:00+01:00", "2026-11-22")]
    [InlineData("Weekly", "2026-11-22T17:59:59Z", "2026-W47")]
    [InlineData("Weekly", "2026-11-23T00:00:00Z", "2026-W48")]
    [InlineData("Weekly", "2027-01-01T00:00:00Z", "2026-W53")]
    [InlineData("Weekly", "2024-12-30T00:00:00Z", "2025-W01")]
    [InlineData("MONTHLY", "2026-11-22T17:59:59Z", "2026-11")]
    [InlineData("2026 spring", "2026-11-22T17:59:59Z", "2026 spring")]
    public void Have_a_value_at_a_time(string epoch, string time, string value)
    {
        foreach (var name in Lands.Names)
        {
            using var land = Lands.Enter(name);

            Assert.Equal(value, EpochValue.At(epoch, DateTimeOffset.Parse(time, CultureInfo.InvariantCulture)));
        }
    }
}
