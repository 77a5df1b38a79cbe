namespace Lightnix.Realizing;

[Trait("Speed", "Slow")]
public class A_chain_of_ten_thousand
{
    [Fact]
    public async Task Does_not_overflow_and_a_second_build_runs_nothing()
    {
        var bench = new Bench();
        bench.Stage("s0", "0", _ => "0");
        for (var i = 1; i < 10_000; i++)
        {
            var before = $"s{i - 1}";
            bench.Stage($"s{i}", before,
                m => (int.Parse(m.One(before), CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture), [before]);
        }

        var outcomes = await bench.BuildAsync();

        Assert.Equal("9999", bench.Result(outcomes, "s9999"));
        Assert.Equal(10_000, bench.Ran().Length);
        await bench.BuildAsync();
        Assert.Empty(bench.Ran());
    }
}
