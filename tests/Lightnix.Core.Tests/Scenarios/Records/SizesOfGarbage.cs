using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Scenarios;

public sealed class SizesOfGarbage : IDisposable
{
    // Each result shares a file with the chosen one, and the others share another.
    const string Items = """
        <Stage Include="model" Command="sh model.sh @{replicate} @{out}" /><Source Include="model.sh" Stage="model" />
        <Promise Include="metric" Stage="model" Type="Number" /><Matcher Include="model" Select="Best" Metric="metric" AtLeast="4" />
        """;

    const string Script = """
        echo "replicate $1"; echo $1 > $2/metric; yes all | head -c 5000 > $2/all; head -c 300 /dev/urandom > $2/own
        [ $1 = 4 ] || yes losers | head -c 7000 > $2/losers

        """;

    readonly Site _site = new();

    public SizesOfGarbage()
    {
        _site.Write("project/model.sh", Script);
        // Of two results that are taken at the same moment, each may have files of its own.
        _site.Adapt = r => r with { Options = r.Options with { MaxParallel = 1 } };
    }

    public void Dispose() => _site.Dispose();

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Add_up_to_what_the_store_is_smaller_afterwards(bool all)
    {
        Assert.True((await _site.BuildAsync(Items)).Succeeded);
        if (all)
            File.Delete(_site.ProjectFile);
        GarbagePlan plan;
        using (var store = _site.Open())
            plan = store.Maintenance.Plan(new(), DateTimeOffset.UtcNow.AddDays(15));
        var before = Bytes();

        var done = _site.Collect();

        Assert.Equal(before - Bytes(), done.Freed);
        Assert.Equal(plan.Items.Select(i => (i.Place, i.Size)).Order(), done.Items.Select(i => (i.Place, i.Size)).Order());
        Assert.Equal(all ? 0 : 5000 + 300 + 4 * 2 + Script.Length, done.Stays);
    }

    [LinuxFact]
    public async Task Leave_out_a_result_that_is_a_program_made_of_a_source_which_stays()
    {
        _site.Write("project/model.sh", Script + "[ $1 = 4 ] || { cp model.sh $2/program; chmod +x $2/program; }\n");
        Assert.True((await _site.BuildAsync(Items)).Succeeded);
        var before = Bytes();

        var done = _site.Collect();

        Assert.Equal(before - Bytes(), done.Freed);
    }

    [LinuxFact]
    public async Task Come_with_the_names_of_what_they_are_of()
    {
        Assert.True((await _site.BuildAsync(Items)).Succeeded);

        var losers = _site.Collect().Items.Where(i => i.Kind == GarbageKind.Tree).Select(i => i.Name!);

        Assert.Equal(["model 1 1", "model 2 2", "model 3 3"],
            losers.Select(l => $"{l.Stage} {string.Join(',', l.Replicates)} {l.Metric}").Order(StringComparer.Ordinal));
        Assert.All(losers, l => Assert.Equal(_site.ProjectFile, l.Project));
    }

    // Each inode once.
    long Bytes() => long.Parse(_site.Sh("""
        cd store; find derivations resolved listings trees files logs roots builds -type f -printf '%i %s\n' | sort -u |
          awk '{ s += $2 } END { print s + 0 }'
        """), System.Globalization.CultureInfo.InvariantCulture);
}
