using Lightnix.Model;

namespace Lightnix.Realizing;

public class An_update_of_one_stage : LockedBench
{
    [Fact]
    public async Task Chooses_that_one_again_and_leaves_the_others_pinned()
    {
        Declare();
        Bench.Stage("other", "other", m => m.Replicate.ToString(CultureInfo.InvariantCulture));
        await PinTheFirst();
        var first = Bench.Lock;
        await Bench.BuildAsync(again: ["other"]);
        Bench.Lock = first;

        Assert.Equal("0.2", await Result("model", update: ["model"]));

        Assert.False(first!.Stages[StageName.Parse("model")].SamePins(Pins("model")));
        Assert.True(first.Stages[StageName.Parse("other")].SamePins(Pins("other")));
    }

    [Fact]
    public async Task Is_what_another_run_is_too()
    {
        Declare();
        await PinTheFirst();

        await Bench.BuildAsync(again: ["model"]);

        Assert.Equal(["model#3"], Bench.Ran());
        Assert.Equal("0.3", Bench.Results.Read(Pins("model").Results[0].Tree, "result"));
    }
}
