using Lightnix.Building;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>Large data between two stages, with a real store.</summary>
public sealed class An_intermediate_stage : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    const string Promises = """
        <Promise Include="data" Stage="big" NonEmpty="true" /><Promise Include="size.txt" Stage="big" Type="Number" />
        <Promise Include="a" Stage="one" /><Promise Include="a" Stage="two" />
        """;

    static string Items(string one = "head -n 3", string big = "seq 1 1000", string more = "") => $$"""
        <Stage Include="big" Command="echo made; {{big}} > @{out}/data; wc -l @{out}/data | cut -d' ' -f1 > @{out}/size.txt"
               Intermediate="true" />
        <Stage Include="one" Command="{{one}} @{big/data} > @{out}/a" />
        <Stage Include="two" Command="tail -n 1 @{big/data} > @{out}/a" />
        {{Promises}}{{more}}
        """;

    Root Root
    {
        get
        {
            using var store = _site.Open();
            return store.Roots.Read(_site.ProjectFile);
        }
    }

    bool IsThere(string stage)
    {
        using var store = _site.Open();
        return store.Roots.Read(_site.ProjectFile).Stages[stage].Choice.Trees.All(store.Trees.Contains);
    }

    async Task<Site.Built> BuildAsync(string items)
    {
        var built = await _site.BuildAsync(items);
        Assert.True(built.Succeeded, built.ToString());
        return built;
    }

    [LinuxFact]
    public async Task Leaves_records_listing_metric_and_log_and_no_tree_and_no_link()
    {
        await BuildAsync(Items());

        using var store = _site.Open();
        var selection = store.Roots.Read(_site.ProjectFile).Stages["big"];
        var tree = selection.Results[0].Tree;
        Assert.False(store.Trees.Contains(tree));
        Assert.NotNull(store.Trees.Find(tree));
        var run = Assert.Single(store.Records.History(selection.Resolved).Runs);
        Assert.Contains(Directory.GetFiles(Path.Combine(_site.StoreFolder, "logs"), "*", SearchOption.AllDirectories),
            f => Path.GetFileName(f) == run.Facts.Log!.Digest.ToString());
        Assert.False(Path.Exists(_site["project/bin/big"]));
        Assert.Equal("1000", _site.Result("two/a"));
        Assert.Empty(_site.Damages());
        // What no tree has any more takes no room; what promises read stays.
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(_site.StoreFolder, "files"), "*", SearchOption.AllDirectories),
            f => new FileInfo(f).Length == 3893);
        Assert.Contains(Directory.GetFiles(Path.Combine(_site.StoreFolder, "files"), "*", SearchOption.AllDirectories),
            f => File.ReadAllText(f) == "1000\n");
    }

    [LinuxFact]
    public async Task Is_not_made_again_by_builds_that_do_not_need_it()
    {
        await BuildAsync(Items());

        Assert.Empty((await BuildAsync(Items())).Ran);
        Assert.False(IsThere("big"));
    }

    [LinuxFact]
    public async Task Is_made_again_with_the_same_seed_for_a_reader_that_runs_and_evicted_again()
    {
        var random = "echo @{seed}";
        await BuildAsync(Items(big: random));

        var built = await BuildAsync(Items(one: "cat -n", big: random));

        Assert.Equal(["big#1", "one#1"], built.Ran);
        Assert.False(IsThere("big"));
        using var store = _site.Open();
        var runs = store.Records.History(Root.Stages["big"].Resolved).Runs;
        Assert.Equal([1, 2], runs.Select(r => r.Facts.Attempt).Order());
        Assert.Single(runs.Select(r => (r.Tree, r.Facts.Seed)).Distinct());
        Assert.DoesNotContain(built.Events.OfType<BuildEvent.Diagnosed>(), d => d.Diagnostic.Code == "LNX2019");
    }

    [LinuxFact]
    public async Task Opens_all_readers_again_where_it_comes_out_otherwise()
    {
        var random = "date +%N";
        await BuildAsync(Items(big: random));

        var built = await BuildAsync(Items(one: "cat -n", big: random));

        Assert.Equal(["big#1", "one#1", "two#1"], built.Ran);
        Assert.Single(built.Events.OfType<BuildEvent.Diagnosed>(), d => d.Diagnostic.Code == "LNX2019");
        Assert.Equal(_site.Result("one/a").Split('\t')[1], _site.Result("two/a"));
        Assert.Empty((await BuildAsync(Items(one: "cat -n", big: random))).Ran);
    }

    [LinuxFact]
    public async Task Says_why_it_ran_again_where_that_fails()
    {
        var big = $"if [ -e {_site["broken"]} ]; then exit 1; fi; seq 1 5";
        await BuildAsync(Items(big: big));
        File.WriteAllText(_site["broken"], "");

        var built = await _site.BuildAsync(Items(one: "cat -n", big: big));

        var error = Assert.Single(built.Errors);
        Assert.Equal("LNX2002", error.Code);
        Assert.StartsWith("stage 'big' (replicate 1, attempt 2) failed: exit code 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("\nIt ran again because its result was collected from the store, and 'one' needs it. What is known of that result "
            + "stays, and the next build tries again", error.Message, StringComparison.Ordinal);
        File.Delete(_site["broken"]);
        Assert.Equal(["big#1", "one#1"], (await BuildAsync(Items(one: "cat -n", big: big))).Ran);
    }

    [LinuxFact]
    public async Task Stays_while_a_reader_fails()
    {
        Assert.False((await _site.BuildAsync(Items(one: "false"))).Succeeded);
        Assert.True(IsThere("big"));

        Assert.Equal(["one#1"], (await BuildAsync(Items())).Ran);
        Assert.False(IsThere("big"));
    }

    [LinuxFact]
    public async Task Goes_although_a_stage_of_another_project_that_failed_reads_an_equal_file()
    {
        using var other = new Site(_site.StoreFolder);
        Assert.False((await other.BuildAsync("""
            <Stage Include="small" Command="echo 1000 > @{out}/n" /><Promise Include="n" Stage="small" />
            <Stage Include="fails" Command="grep 7 @{small/n}" /><Promise Include="x" Stage="fails" />
            """)).Succeeded);

        await BuildAsync(Items());

        Assert.False(IsThere("big"));
    }

    [LinuxFact]
    public async Task Stays_where_it_is_pinned()
    {
        Assert.False((await _site.BuildAsync(Items(one: "false"))).Succeeded);
        using (var store = _site.Open())
        {
            var chosen = store.Roots.Read(_site.ProjectFile).Stages["big"].Results[0];
            store.Pins.Add(new(chosen.Realization, chosen.Resolved, chosen.Tree, "it is good", "me", DateTimeOffset.UnixEpoch));
        }

        await BuildAsync(Items());

        Assert.True(IsThere("big"));
    }

    [LinuxFact]
    public async Task Stays_where_another_checkout_has_it_as_an_ordinary_stage()
    {
        using var other = new Site(_site.StoreFolder);
        Assert.True((await other.BuildAsync(Items().Replace("Intermediate=\"true\"", "", StringComparison.Ordinal))).Succeeded);

        await BuildAsync(Items());
        Assert.True(IsThere("big"));
        Assert.False(Path.Exists(_site["project/bin/big"]));

        File.Delete(other.ProjectFile);
        Assert.Empty((await BuildAsync(Items())).Ran);
        Assert.False(IsThere("big"));
    }

    [LinuxFact]
    public async Task Goes_although_another_checkout_has_it_as_an_intermediate_stage_too()
    {
        using var other = new Site(_site.StoreFolder);
        Assert.True((await other.BuildAsync(Items())).Succeeded);

        Assert.Empty((await BuildAsync(Items())).Ran);

        Assert.False(IsThere("big"));
        Assert.Empty(_site.Damages());
    }

    [LinuxFact]
    public async Task Takes_the_results_that_were_not_chosen_with_it_and_still_ranks_them()
    {
        var best = """<Matcher Include="big" Select="Best" Metric="size.txt" AtLeast="3" />""";
        var items = Items(big: "seq 1 @{replicate}", more: best);
        await BuildAsync(items);

        Assert.DoesNotContain(
            Directory.GetDirectories(Path.Combine(_site.StoreFolder, "trees")), t => File.Exists(Path.Combine(t, "data")));
        Assert.Equal("3", _site.Result("two/a"));
        Assert.Empty((await BuildAsync(items)).Ran);

        // The worst is best now: it is made again, because its readers run.
        var built = await BuildAsync(items.Replace("Select=", "Order=\"Min\" Select=", StringComparison.Ordinal));
        Assert.Equal(["big#1", "one#1", "two#1"], built.Ran);
        Assert.Equal("1", _site.Result("two/a"));
    }

    [LinuxFact]
    public async Task Stays_while_another_build_relies_on_it()
    {
        var (reached, go) = (_site["reached"], _site["go"]);
        using var other = new Site(_site.StoreFolder);
        var slow = $$"""
            <Stage Include="slow" Command=": > {{reached}}; while [ ! -e {{go}} ]; do sleep 0.02; done; head -n 1 @{big/data} > @{out}/a" />
            <Promise Include="a" Stage="slow" />
            """;
        Assert.False((await _site.BuildAsync(Items(one: "false"))).Succeeded);
        var build = other.BuildAsync(Items(more: slow));
        await Eventually.Is(() => File.Exists(reached), "the builder did not start");

        await BuildAsync(Items());
        Assert.True(IsThere("big"));
        File.WriteAllText(go, "");

        Assert.True((await build).Succeeded, (await build).ToString());
        Assert.Equal("1", other.Result("slow/a"));
        Assert.False(IsThere("big"));
    }

    [LinuxFact]
    public async Task Is_planned_as_it_is_built()
    {
        await BuildAsync(Items());

        var plan = await _site.BuildAsync(Items(one: "cat -n"), Realizing.BuildMode.Plan);

        Assert.Equal(["big: Run", "one: Run", "two: Reuse"],
            plan.Events.OfType<BuildEvent.Planned>().Select(p => $"{p.Stage}: {p.Action}").Order(StringComparer.Ordinal));
    }
}
