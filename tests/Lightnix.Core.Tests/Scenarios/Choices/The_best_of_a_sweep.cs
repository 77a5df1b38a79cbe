using Lightnix.Explaining;
using Lightnix.Building;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Scenarios;

public sealed class The_best_of_a_sweep : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Is_chosen_and_linked_without_a_run_of_its_own()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3,0.2"));

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal(["train-0_1#1", "train-0_2#1", "train-0_3#1"], built.Ran);
        Assert.Equal(["accuracy.txt = 0.1", "accuracy.txt = 0.2", "accuracy.txt = 0.3"],
            built.Events.OfType<BuildEvent.Completed>().Select(c => c.Metric).Order());
        Assert.Equal("0.3", _site.Result("model/accuracy.txt"));
        Assert.Equal(_site.Sh("readlink -f project/bin/train-0_3"), _site.Sh("readlink -f project/bin/model"));
        Assert.Equal("model", Assert.Single(built.Events.OfType<BuildEvent.Selected>(), s => s.IsNew).Stage.ToString());
        Assert.Empty(_site.Damages());
    }

    [LinuxFact]
    public async Task Names_the_stage_that_won_with_its_parameters_and_its_resolved_derivation()
    {
        await _site.BuildAsync(Sweep.Of("0.1,0.3,0.2"));

        var chosen = Assert.Single(_site.Selection().Results);
        Assert.Equal("train-0_3 (rate 0.3)", chosen.Winner!.ToString());
        Assert.Equal("0.3", chosen.Metric);
        Assert.Equal(_site.Selection("train-0_3").Results[0].Resolved, chosen.Resolved);
        Assert.Equal(_site.Selection("train-0_3").Results[0].Realization, chosen.Realization);
    }

    [LinuxFact]
    public async Task Runs_nothing_in_a_second_build()
    {
        await _site.BuildAsync(Sweep.Of("0.1,0.3"));

        var again = await _site.BuildAsync(Sweep.Of("0.1,0.3"));
        var plan = await _site.BuildAsync(Sweep.Of("0.1,0.3"), BuildMode.Plan);

        Assert.Empty(again.Ran);
        Assert.Empty(again.Events.OfType<BuildEvent.ChoiceChanged>());
        Assert.DoesNotContain(again.Events.OfType<BuildEvent.Selected>(), s => s.IsNew);
        Assert.All(plan.Events.OfType<BuildEvent.Planned>(), p => Assert.Equal(PlannedAction.Reuse, p.Action));
    }

    [LinuxFact]
    public async Task Runs_a_new_cell_only_and_reports_the_change_with_both_metrics()
    {
        await _site.BuildAsync(Sweep.Of("0.1,0.3"));

        var plan = await _site.BuildAsync(Sweep.Of("0.1,0.3,0.4"), BuildMode.Plan);
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3,0.4"));

        Assert.Equal([("model", PlannedAction.Choose), ("train-0_4", PlannedAction.Run)],
            plan.Events.OfType<BuildEvent.Planned>().Where(p => p.Action != PlannedAction.Reuse)
                .Select(p => (p.Stage.ToString(), p.Action)).Order());
        Assert.Equal(["train-0_4#1"], built.Ran);
        var changed = Assert.Single(built.Events.OfType<BuildEvent.ChoiceChanged>());
        Assert.Equal(("model", "0.3", "0.4"), (changed.Stage.ToString(), changed.Old.Results[0].Metric, changed.New.Results[0].Metric));
        Assert.Equal(["train-0_4 won", "parameter rate 0.3 → 0.4"], changed.Causes.AsEnumerable());
        Assert.Equal("0.4", changed.New.Results[0].Winner!.Parameters["rate"]);
    }

    [LinuxFact]
    public async Task Is_another_after_an_edit_that_runs_nothing()
    {
        await _site.BuildAsync(Sweep.Of("0.1,0.3"));

        var without = await _site.BuildAsync(Sweep.Of("0.1"));
        var lowest = await _site.BuildAsync(Sweep.Of("0.1,0.3",
            """<Stage Include="model" From="train" /><Matcher Include="model" Select="Best" Metric="accuracy.txt" Order="Min" />"""));
        var back = await _site.BuildAsync(Sweep.Of("0.1,0.3"));

        Assert.Equal([], new[] { without, lowest, back }.SelectMany(b => b.Ran));
        Assert.Equal("train-0_3 is no candidate any more", Assert.Single(without.Events.OfType<BuildEvent.ChoiceChanged>()).Causes[0]);
        Assert.Equal("matcher Order Min → Max", Assert.Single(back.Events.OfType<BuildEvent.ChoiceChanged>()).Causes[0]);
    }

    [LinuxFact]
    public async Task Is_read_by_other_stages_which_do_not_see_who_won()
    {
        const string Reader = """
            <Stage Include="reader" Command="cat @{model/model.bin} > @{out}/x; cat $LIGHTNIX_CONTEXT > @{out}/context" />
            <Promise Include="x;context" Stage="reader" />
            """;
        var first = await _site.BuildAsync(Sweep.Of("0.1,0.3", more: Reader));

        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3,0.4", more: Reader));

        Assert.Contains("reader#1", first.Ran);
        Assert.Equal("weights", _site.Result("reader/x"));
        Assert.DoesNotContain("train", File.ReadAllText(_site["project/bin/reader/context"]), StringComparison.Ordinal);
        Assert.Equal("train-0_4", _site.Winner());
        Assert.Equal(["train-0_4#1"], built.Ran);
    }

    [LinuxFact]
    public async Task Builds_its_candidates_when_it_alone_is_asked_for()
    {
        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3", more: """<Stage Include="other" Command="true" />"""), stages: "model");

        Assert.Equal(["train-0_1#1", "train-0_3#1"], built.Ran);
    }

    [LinuxFact]
    public async Task Follows_when_another_run_of_a_candidate_is_asked_for()
    {
        const string Train = "echo @{replicate} > @{out}/accuracy.txt; echo @{params.rate} > @{out}/model.bin";
        const string Matchers = """<Matcher Include="train" Select="Best" Metric="accuracy.txt" />""";
        await _site.BuildAsync(Sweep.Of("0.1,0.3", train: Train, more: Matchers));
        Assert.Equal("train-0_1", _site.Winner());

        var built = await _site.BuildAsync(Sweep.Of("0.1,0.3", train: Train, more: Matchers), BuildMode.Run, "train-0_3");

        Assert.Equal(["train-0_3#2"], built.Ran);
        Assert.Equal("0.3", _site.Result("model/model.bin"));
        Assert.Equal("train-0_3", _site.Winner());
        Assert.Equal(["train-0_3 won", "parameter rate 0.1 → 0.3", "replicate 2"], CausesOf(built));
    }

    [LinuxFact]
    public async Task Explains_another_result_of_the_same_cell_by_what_changed_in_it()
    {
        const string Train = "echo 0.95238095@{params.rate} > @{out}/accuracy.txt; echo w > @{out}/model.bin";
        await _site.BuildAsync(Sweep.Of("1,3", train: Train));

        var built = await _site.BuildAsync(Sweep.Of("1,3", train: Train.Replace("95", "96", StringComparison.Ordinal)));

        Assert.Equal("train-3 has another result", CausesOf(built)[0]);
        Assert.StartsWith("Command", Assert.Single(CausesOf(built).Skip(1)), StringComparison.Ordinal);
        Assert.Equal("accuracy.txt = 0.9624", built.Events.OfType<BuildEvent.Selected>().Single(s => s.Stage.ToString() == "model").Metric);
    }

    [LinuxFact]
    public async Task Has_no_run_of_its_own_to_make_again()
    {
        await _site.BuildAsync(Sweep.Of("0.1,0.3"));

        var error = Assert.Single((await _site.BuildAsync(Sweep.Of("0.1,0.3"), BuildMode.Run, "model")).Errors);

        Assert.Equal("LNX1024", error.Code);
        Assert.Contains("train-0_1, train-0_3", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("-p:LightnixStages=train", error.Message, StringComparison.Ordinal);
        var ofAChoice = Sweep.Of("0.1,0.3",
            more: """<Stage Include="mm" From="model;train[rate=0.1]" /><Matcher Include="mm" Select="All" />""");
        Assert.EndsWith("-p:LightnixStages=train-0_1", (await _site.BuildAsync(ofAChoice, BuildMode.Run, "mm")).Errors[0].Message,
            StringComparison.Ordinal);
        Assert.Equal(["train-0_1#2", "train-0_3#2"], (await _site.BuildAsync(Sweep.Of("0.1,0.3"), BuildMode.Run, "*")).Ran);
    }

    [LinuxFact]
    public async Task Stays_when_garbage_is_collected_although_its_own_stage_is_forgotten()
    {
        const string Train = "echo @{replicate}@{params.rate} > @{out}/accuracy.txt; echo @{seed} > @{out}/model.bin";
        var items = Sweep.Of("1,2", train: Train, more: """<Matcher Include="train" Select="Best" Metric="accuracy.txt" AtLeast="3" />""");
        await _site.BuildAsync(items);
        var winner = _site.Result("model/model.bin");

        _site.Collect();
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_site.StoreFolder, "trees")).Length);
        Assert.Empty((await _site.BuildAsync(items)).Ran);

        using (var store = _site.Open())
        {
            var root = store.Roots.Read(_site.ProjectFile);
            store.Roots.Write(root with { Stages = root.Stages.RemoveRange(["train-1", "train-2"]) });
        }
        _site.Collect();
        Assert.Equal(winner, _site.Result("model/model.bin"));
        Assert.Single(Directory.GetDirectories(Path.Combine(_site.StoreFolder, "trees")));
        Assert.Empty(_site.Damages());
    }

    [LinuxFact]
    public async Task Is_no_news_where_the_same_cell_gave_the_same_files_again()
    {
        await _site.BuildAsync(Sweep.Of("0.1,0.3"));

        var built = await _site.BuildAsync(
            Sweep.Of("0.1,0.3", train: "echo @{params.rate} > @{out}/accuracy.txt; echo weights >@{out}/model.bin"));

        Assert.NotEmpty(built.Ran);
        Assert.Empty(built.Events.OfType<BuildEvent.ChoiceChanged>());
        Assert.False(built.Events.OfType<BuildEvent.Selected>().Single(s => s.Stage.ToString() == "model").IsNew);
    }

    static string[] CausesOf(Site.Built built) =>
        [.. built.Events.OfType<BuildEvent.ChoiceChanged>().Single(c => c.Stage.ToString() == "model").Causes];

    [LinuxFact]
    public void Is_part_of_the_key_of_a_store()
    {
        var keys = new[]
        {
            Sweep.Of("0.1,0.3"),
            Sweep.Of("0.1,0.3", Sweep.Median),
            Sweep.Of("0.1,0.3", Sweep.Best.Replace("<Stage ", "<Stage Failed=\"Skip\" ", StringComparison.Ordinal)),
            Sweep.Of("0.1,0.3", Sweep.Best.Replace("\"train\"", "\"train;extra\"", StringComparison.Ordinal),
                more: """<Stage Include="extra" Command="true" /><Promise Include="accuracy.txt" Stage="extra" />"""),
        }.Select(items => Queries.ProjectQueries.ClosureHash(_site.Request(items), _ => { })!.Digest.ToString());

        Assert.Equal(4, keys.Distinct().Count());
    }

    [LinuxFact]
    public async Task Has_the_metrics_of_cells_that_are_not_declared_any_more()
    {
        await _site.BuildAsync(Sweep.Of("0.1,0.3"));
        await _site.BuildAsync(Sweep.Of("0.1"));
        using var store = _site.Open();

        var runs = new Queries.RunQuery(store, [store.Roots.Read(_site.ProjectFile)])
            .Of(s => s.StartsWith("train", StringComparison.Ordinal), []).SelectMany(c => c.Runs);

        Assert.Equal(["0.1", "0.3"], runs.Select(r => r.Values["accuracy.txt"]).Order(StringComparer.Ordinal));
    }

    [LinuxFact]
    public async Task Does_not_give_its_name_to_results_of_its_candidates_that_are_collected()
    {
        Assert.True((await _site.BuildAsync(Sweep.Of("0.1,0.3",
            train: "echo @{params.rate}@{replicate} > @{out}/accuracy.txt; echo weights > @{out}/model.bin",
            more: """<Matcher Include="train" Select="Best" Metric="accuracy.txt" AtLeast="2" />"""))).Succeeded);

        var collected = _site.Collect().Items.Where(i => i.Kind == Storage.GarbageKind.Tree);

        Assert.Equal(["train-0_1", "train-0_3"], collected.Select(i => i.Name!.Stage).Order(StringComparer.Ordinal));
    }
}
