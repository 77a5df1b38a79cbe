using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Scenarios;

/// <summary>A process that dies at each step of an eviction.</summary>
[Trait("Speed", "Slow")]
public sealed class An_eviction_that_is_killed
{
    const string Items = """
        <Stage Include="big" Command="mkdir @{out}/d; seq 1 100 > @{out}/d/data; echo 1 > @{out}/n" Intermediate="true" />
        <Promise Include="d" Stage="big" Type="Directory" /><Promise Include="n" Stage="big" Type="Number" />
        <Stage Include="last" Command="tail -n 1 @{big/d}/data > @{out}/a" /><Promise Include="a" Stage="last" />
        """;

    [LinuxFact]
    public async Task Leaves_a_whole_store_and_the_next_build_goes_on()
    {
        var step = 1;
        while (await DiesAsync(step))
            step++;
        Assert.True(step > 1, "nothing was killed: this test tries nothing");
    }

    // False: it was done before that step.
    static async Task<bool> DiesAsync(int step)
    {
        using var site = new Site { Evicts = false };
        Assert.True((await site.BuildAsync(Items)).Succeeded);
        bool died;
        using (var process = OtherProcess.Start("", "evict", site.StoreFolder, string.Join(' ', site.Evictable),
            step.ToString(CultureInfo.InvariantCulture)))
        {
            process.WaitForExit();
            died = process.ExitCode == 137;
            Assert.True(died || process.ExitCode == 0);
        }

        site.Evicts = true;
        var next = await site.BuildAsync(Items);
        Assert.True(next.Succeeded, next.ToString());
        Assert.Empty(next.Ran);
        Assert.Empty(site.Damages());
        Assert.Equal("100", site.Result("last/a"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(site.StoreFolder, "trees"), "data", SearchOption.AllDirectories));
        var again = await site.BuildAsync(Items.Replace("tail -n 1", "head -n 1", StringComparison.Ordinal));
        Assert.Equal(["big#1", "last#1"], again.Ran);
        return died;
    }
}
