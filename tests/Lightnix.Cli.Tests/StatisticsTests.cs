namespace Lightnix.Cli;

/// <summary>Intervals against the published table of Student's t at 97.5 % (NIST/SEMATECH e-Handbook, 1.3.6.7.2).</summary>
public sealed class StatisticsTests
{
    [Theory]
    [InlineData(2, 12.706)]
    [InlineData(3, 4.303)]
    [InlineData(5, 2.776)]
    [InlineData(10, 2.262)]
    [InlineData(30, 2.045)]
    [InlineData(101, 1.984)]
    public void Have_the_intervals_of_the_table(int count, double published)
    {
        ImmutableArray<double> values = [.. Enumerable.Range(0, count).Select(i => (double)i)];

        var found = Statistics.Of(values);

        Assert.Equal(published, (found.High - found.Mean) / (found.Deviation / Math.Sqrt(count)), 3);
        Assert.Equal(found.Mean - found.Low, found.High - found.Mean, 9);
    }

    [Fact]
    public void Know_no_deviation_of_one_value()
    {
        var found = Statistics.Of([0.5]);

        Assert.Equal((1, 0.5, 0.5, 0.5), (found.Count, found.Mean, found.Min, found.Max));
        Assert.True(double.IsNaN(found.Deviation) && double.IsNaN(found.Low));
    }
}
