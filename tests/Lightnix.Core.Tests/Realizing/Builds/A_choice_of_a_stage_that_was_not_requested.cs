using Lightnix.Running;

namespace Lightnix.Realizing;

public class A_choice_of_a_stage_that_was_not_requested
{
    [Fact]
    public async Task Is_reported_when_it_changed()
    {
        var bench = new Bench();
        bench.Stage("model", "train", m => m.Replicate.ToString(CultureInfo.InvariantCulture));
        bench.Stage("other", "other", _ => "o");
        await bench.BuildAsync();
        var before = bench.Last;
        await bench.BuildAsync(again: ["model"]);
        bench.Last = before; // Another project made the run.

        await bench.BuildAsync(only: ["other"]);

        var changed = Assert.Single(bench.Events.OfType<BuildEvent.ChoiceChanged>());
        Assert.Equal("replicate 2 was made since", Assert.Single(changed.Causes));
    }
}
