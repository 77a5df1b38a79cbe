using System.Collections.Concurrent;
using Lightnix.Running;

namespace Lightnix.Scenarios;

public sealed class TwoBuildersOfOneOutput
{
    [Building.LinuxFact]
    public async Task Run_once_and_the_other_says_for_whom_it_waits()
    {
        using var one = new Site();
        using var two = new Site(one.StoreFolder);
        var (reached, go) = (one["reached"], one["go"]);
        var items = $$"""
            <Stage Include="slow"
                   Command="head -c 8 /dev/urandom > @{out}/x; echo x >> {{reached}}; while [ ! -e {{go}} ]; do sleep 0.02; done" />
            <Promise Include="x" Stage="slow" />
            """;
        var first = one.BuildAsync(items);
        await Eventually.Is(() => File.Exists(reached), "the builder did not start");
        var events = new ConcurrentQueue<BuildEvent>();
        var second = two.BuildAsync(items, events: events);
        await Eventually.Is(() => events.OfType<BuildEvent.Waiting>().Any(), "no build waits");
        File.WriteAllText(go, "");
        var builds = await Task.WhenAll(first, second);

        Assert.All(builds, b => Assert.True(b.Succeeded, b.ToString()));
        Assert.Single(File.ReadAllLines(reached));
        var waiting = Assert.Single(builds[1].Events.OfType<BuildEvent.Waiting>());
        Assert.Equal($"slow, replicate 1, process {Environment.ProcessId} on {Building.HostFacts.Here.Name}", waiting.Holder);
        Assert.Equal(File.ReadAllBytes(one["project/bin/slow/x"]), File.ReadAllBytes(two["project/bin/slow/x"]));
    }
}
