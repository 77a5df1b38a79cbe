namespace Lightnix.Realizing;

public class The_diamond
{
    [Fact]
    public async Task Sees_one_choice_of_its_random_base()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 20; trial++)
        {
            var bench = new Bench();
            bench.Stage("a", "a", _ => random.Next().ToString(CultureInfo.InvariantCulture), matcher: Bench.Best(3));
            bench.Stage("b", "b", m => m.One("a"), ["a"]);
            bench.Stage("c", "c", m => m.One("a"), ["a"]);
            bench.Stage("d", "d", m => m.One("b") + "=" + m.One("c"), ["b", "c"]);

            var halves = bench.Result(await bench.BuildAsync(), "d").Split('=');

            Assert.Equal(halves[0], halves[1]);
            Assert.Equal(6, bench.Ran().Length);
        }
    }

    [Fact]
    public async Task A_realization_made_from_another_choice_does_not_count()
    {
        // base is random; dep1 was built from one base and comes from another store; dep2 is built here from another: both must end with
        // one base.
        var other = new Bench();
        other.Stage("base", "base", _ => "monday");
        other.Stage("dep1", "dep1", m => m.One("base"), ["base"]);
        await other.BuildAsync();
        var here = new Bench();
        here.Stage("base", "base", m => m.Replicate == 1 ? "tuesday" : "wednesday");
        here.Stage("dep1", "dep1", m => m.One("base"), ["base"]);
        here.Stage("dep2", "dep2", m => m.One("base"), ["base"]);
        here.Stage("both", "both", m => m.One("dep1") + m.One("dep2"), ["dep1", "dep2"]);

        var outcomes = await here.BuildAsync();

        Assert.Equal("tuesdaytuesday", here.Result(outcomes, "both"));
    }
}
