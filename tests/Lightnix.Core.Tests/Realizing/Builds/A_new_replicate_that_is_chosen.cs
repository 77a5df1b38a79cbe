using Lightnix.Running;

namespace Lightnix.Realizing;

public class A_new_replicate_that_is_chosen
{
    [Fact]
    public async Task Is_reported_with_old_new_and_the_run_that_caused_it()
    {
        var bench = new Bench();
        bench.Stage("model", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture));
        await bench.BuildAsync();

        await bench.BuildAsync(again: ["model"]);

        var changed = Assert.Single(bench.Events.OfType<BuildEvent.ChoiceChanged>());
        Assert.NotEqual(changed.Old.Results[0].Realization, changed.New.Results[0].Realization);
        Assert.Equal("replicate 2 was made since", string.Join("; ", changed.Causes));
        await bench.BuildAsync();
        Assert.Empty(bench.Events.OfType<BuildEvent.ChoiceChanged>());
    }
}
