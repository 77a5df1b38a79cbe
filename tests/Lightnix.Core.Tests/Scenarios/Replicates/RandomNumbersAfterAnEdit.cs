using Lightnix.Building;
using Lightnix.Model;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Scenarios;

/// <summary>The seeds of replicates come from the stage's name, so that a result before an edit is compared with one after it.</summary>
public sealed class RandomNumbersAfterAnEdit : IDisposable
{
    const string Three = """<Matcher Include="model" AtLeast="3" />""";
    const string Model = """
        <Stage Include="data" Command="echo 1 > @{out}/x" /><Promise Include="x" Stage="data" />
        <Stage Include="model" Command="echo @{seed} @{params.rate} $(cat @{data/x}) > @{out}/a" Parameters="rate=1" />
        <Promise Include="a" Stage="model" />
        """;

    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    static int[] Drawn(string key, int count) => [.. Enumerable.Range(1, count).Select(i => Seed.Of(key, i))];

    /// <summary>Seeds of the runs that the chosen one is among, by replicate.</summary>
    static int[] SeedsOf(Site site, string stage)
    {
        using var store = site.Open();
        var history = store.Records.History(store.Roots.Read(site.ProjectFile).Stages[stage].Resolved);
        return [.. history.Runs.OrderBy(r => r.Facts.Replicate).ThenBy(r => r.Facts.Attempt).Select(r => r.Facts.Seed!.Value)];
    }

    async Task<string[]> BuildAsync(string items, string stages = "")
    {
        var built = await _site.BuildAsync(items, stages: stages);
        Assert.True(built.Succeeded, built.ToString());
        return built.Ran;
    }

    /// <summary>A run or failure of replicate 1 that a store has had for long, with the seed 7.</summary>
    async Task RecordAsync(string items, Action<RunFacts, Tree, Store> record)
    {
        await BuildAsync(items, "data");
        var plan = await _site.BuildAsync(items, BuildMode.Plan);
        var known = plan.Events.OfType<BuildEvent.Resolved>().Single(r => r.Stage == StageName.Parse("model"));
        Directory.CreateDirectory(_site["old"]);
        _site.Write("old/a", "7\n");
        using var store = _site.Open();
        store.Records.Add(known.Seen);
        store.Records.Add(known.Derivation);
        var facts = new RunFacts
        {
            Resolved = known.Seen.Reference(),
            Derivation = known.Derivation.Reference(),
            Seed = 7,
            Order = 1,
            Nonce = "0",
            Start = DateTimeOffset.UnixEpoch,
            End = DateTimeOffset.UnixEpoch,
            Host = new("h", "s", "linux-x64", "p", 2, "1"),
        };
        record(facts, store.Trees.Take(_site["old"]), store);
    }

    [LinuxTheory]
    [InlineData("echo @{seed}", "echo  @{seed}")]
    [InlineData("rate=1", "rate=2")]
    [InlineData("echo 1 >", "echo 2 >")]
    [InlineData("data", "input")]
    public async Task Are_those_of_before(string old, string now)
    {
        await BuildAsync(Model + Three);
        Assert.Equal(Drawn("model", 3), SeedsOf(_site, "model"));

        var ran = await BuildAsync((Model + Three).Replace(old, now, StringComparison.Ordinal));

        Assert.Equal(["model#1", "model#2", "model#3"], ran.Where(r => r.StartsWith("model", StringComparison.Ordinal)));
        Assert.Equal(Drawn("model", 3), SeedsOf(_site, "model"));
    }

    [LinuxFact]
    public async Task Are_those_of_another_machine()
    {
        using var there = new Site();
        await BuildAsync(Model + Three);
        var items = (Model + Three).Replace("Command", "Shell=\"bash\" Command", StringComparison.Ordinal);
        Assert.True((await there.BuildAsync(items)).Succeeded);

        Assert.Equal(SeedsOf(_site, "model"), SeedsOf(there, "model"));
    }

    [LinuxFact]
    public async Task Are_new_ones_only_for_new_replicates_of_a_renamed_stage()
    {
        await BuildAsync(Model + Three);
        var renamed = (Model + Three).Replace("model", "Net", StringComparison.Ordinal);

        Assert.Empty(await BuildAsync(renamed));
        Assert.Equal(["Net#4"], await BuildAsync(renamed.Replace("\"3\"", "\"4\"", StringComparison.Ordinal)));
        Assert.Equal([.. Drawn("model", 3), Seed.Of("net", 4)], SeedsOf(_site, "Net"));
    }

    [LinuxFact]
    public async Task Differ_between_stages_and_not_between_cells()
    {
        await BuildAsync("""
            <Stage Include="a" Command="echo @{seed} a > @{out}/a" /><Promise Include="a" Stage="a" />
            <Stage Include="b" Command="echo @{seed} b > @{out}/a" /><Promise Include="a" Stage="b" />
            <Stage Include="Cells" Command="echo @{seed} @{params.rate} > @{out}/a" Matrix="rate=1,2" />
            <Promise Include="a" Stage="Cells" />
            <Stage Include="apart" Command="echo @{seed} @{params.rate} > @{out}/a" Matrix="rate=1,2" Seed="s-@{params.rate}" />
            <Promise Include="a" Stage="apart" />
            """);

        Assert.Equal(Drawn("a", 1), SeedsOf(_site, "a"));
        Assert.Equal(Drawn("b", 1), SeedsOf(_site, "b"));
        Assert.Equal(Drawn("cells", 1), SeedsOf(_site, "Cells-1"));
        Assert.Equal(Drawn("cells", 1), SeedsOf(_site, "Cells-2"));
        Assert.Equal(Drawn("s-1", 1), SeedsOf(_site, "apart-1"));
        Assert.Equal(Drawn("s-2", 1), SeedsOf(_site, "apart-2"));
    }

    [LinuxTheory]
    [InlineData("zoo")]
    [InlineData("Ant")]
    public async Task Are_those_of_the_first_name_where_derivations_differ_in_name_alone(string first)
    {
        const string items = """
            <Stage Include="zoo" Command="echo @{seed} > @{out}/a" /><Promise Include="a" Stage="zoo" />
            <Stage Include="Ant" Command="echo @{seed} > @{out}/a" /><Promise Include="a" Stage="Ant" />
            """;

        Assert.Equal([$"{first}#1"], await BuildAsync(items, first));
        Assert.Empty(await BuildAsync(items));
        Assert.Equal(Drawn("ant", 1), SeedsOf(_site, "zoo"));
    }

    [LinuxFact]
    public async Task Are_kept_by_a_stage_that_comes_to_resolve_like_another()
    {
        const string two = """
            <Stage Include="zoo" Command="echo @{seed} > @{out}/a" /><Promise Include="a" Stage="zoo" />
            <Stage Include="ant" Command="echo @{seed} 1 > @{out}/a" /><Promise Include="a" Stage="ant" />
            """;
        await BuildAsync(two);

        // A vote of a quorum is another attempt of replicate 1.
        Assert.Equal(["ant#1"], await BuildAsync(two.Replace("@{seed} 1", "@{seed}", StringComparison.Ordinal)
            + """<Matcher Include="ant" Select="Quorum" />"""));
        Assert.Equal([.. Drawn("zoo", 1), .. Drawn("zoo", 1)], SeedsOf(_site, "ant"));
    }

    [LinuxFact]
    public async Task Are_recorded_ones_in_a_store_that_was_made_before()
    {
        await RecordAsync(Model, (facts, tree, store) => store.Records.Add(new Run(facts, tree.Reference)));

        Assert.Equal(["model#2", "model#3"], await BuildAsync(Model + Three));
        Assert.Equal([7, Seed.Of("model", 2), Seed.Of("model", 3)], SeedsOf(_site, "model"));
        // What was collected is made again with the seed that it had.
        _site.Collect();
        await BuildAsync(Model + """<Matcher Include="model" Select="All" AtLeast="3" />""");
        var seeds = SeedsOf(_site, "model");
        Assert.Equal(5, seeds.Length);
        Assert.Equal([7, 7], seeds[..2]);
        Assert.Equal([7, .. Drawn("model", 3)[1..]], seeds.Distinct());
    }

    [LinuxFact]
    public async Task Are_recorded_ones_also_of_a_failure()
    {
        await RecordAsync(Model, (facts, _, store) => store.Records.Add(new Failure(facts, 1, "exit code 1")));

        await BuildAsync(Model);

        Assert.Equal([7], SeedsOf(_site, "model"));
    }
}
