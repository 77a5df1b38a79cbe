using Lightnix.Model;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>"This change does not matter": results of a stage's last choice count as those of what it is now.</summary>
public sealed class AdoptedRuns : IDisposable
{
    const string Items = """
        <Stage Include="data" Command="sh data.sh > @{out}/data.csv" /><Source Include="data.sh" Stage="data" />
        <Promise Include="data.csv" Stage="data" />
        <Stage Include="model" Command="sh train.sh @{data/data.csv} @{replicate} > @{out}/metric" />
        <Source Include="train.sh" Stage="model" />
        <Promise Include="metric" Stage="model" Type="Number" />
        <Matcher Include="model" Select="Best" Metric="metric" AtLeast="5" />
        <Stage Include="report" Command="cat @{model/metric} > @{out}/report" /><Promise Include="report" Stage="report" />
        """;

    readonly Site _site = new();

    public AdoptedRuns()
    {
        _site.Write("project/data.sh", "echo data");
        _site.Write("project/train.sh", "echo 0.$2");
    }

    public void Dispose() => _site.Dispose();

    [Building.LinuxFact]
    public async Task Of_a_best_of_five_count_after_an_edit_and_what_reads_them_is_reused()
    {
        await BuildFirstAsync();
        Edit("train.sh");
        Assert.Empty((await AdoptAsync("model", writes: false)).Errors);
        var adopted = await AdoptAsync("model");
        Assert.Empty(adopted.Errors);
        Assert.Contains(adopted.Events.OfType<BuildEvent.Hint>(), h => h.Text.StartsWith("adopted replicate 1, 2, 3, 4, 5 (of ",
            StringComparison.Ordinal) && h.Text.EndsWith("although source train.sh changed (content)", StringComparison.Ordinal));

        var built = await _site.BuildAsync(Items);

        Assert.Empty(built.Ran);
        Assert.Equal("0.5", _site.Result("report/report"));
        Assert.Empty(_site.Damages());
        var runs = Runs("model");
        Assert.Equal([1, 2, 3, 4, 5], runs.Select(r => r.Facts.Replicate).Order());
        Assert.All(runs, r => Assert.Equal("a comment", r.Adopted!.Reason));
        // The records of both stay.
        _site.Collect();
        using (var store = _site.Open())
            Assert.All(runs, r => Assert.Contains(store.Records.History(store.Records.FindRealization(r.Adopted!.From.ToString())!.Resolved)
                .Runs, origin => origin.Reference() == r.Adopted.Run));
        Assert.Empty(_site.Damages());
        Assert.Empty((await _site.BuildAsync(Items)).Ran);
    }

    [Building.LinuxFact]
    public async Task Are_only_shown_first()
    {
        await BuildFirstAsync();
        Edit("train.sh");
        var shown = await AdoptAsync("model", writes: false);
        Assert.Contains(shown.Events.OfType<BuildEvent.Hint>(), h => h.Text.StartsWith("would adopt", StringComparison.Ordinal));
        Assert.Equal(5, (await _site.BuildAsync(Items)).Ran.Length);
    }

    [Building.LinuxFact]
    public async Task That_were_adopted_before_name_the_run_that_took_place_and_all_that_changed_since()
    {
        await BuildFirstAsync();
        var first = Runs("model").Select(r => r.Reference()).ToHashSet();
        Edit("train.sh");
        await AdoptAsync("model");
        await _site.BuildAsync(Items);
        var items = Items.Replace("sh train.sh", "sh ./train.sh", StringComparison.Ordinal);

        var adopted = await AdoptAsync("model", items: items);

        Assert.Contains(adopted.Events.OfType<BuildEvent.Hint>(), h => h.Text.Contains("Command", StringComparison.Ordinal)
            && h.Text.Contains("source train.sh changed", StringComparison.Ordinal));
        Assert.Empty((await _site.BuildAsync(items)).Ran);
        Assert.All(Runs("model"), r => Assert.Contains(r.Adopted!.Run, first));
    }

    [Building.LinuxFact]
    public async Task Are_refused_while_an_input_is_not_up_to_date()
    {
        await BuildFirstAsync();
        Edit("train.sh");
        Edit("data.sh");
        var error = Assert.Single((await AdoptAsync("model")).Errors);
        Assert.Equal("LNX2029", error.Code);
        Assert.Contains("its input 'data' is not up to date", error.Message, StringComparison.Ordinal);
        // Both at once: the input comes out as it was.
        Assert.Empty((await AdoptAsync("model data")).Errors);
        Assert.Empty((await _site.BuildAsync(Items)).Ran);
    }

    [Building.LinuxFact]
    public async Task Are_refused_while_an_input_of_another_project_is_not_up_to_date()
    {
        var other = new ReferencedStage
        {
            Project = _site["a/a.lnproj"],
            Name = StageName.Parse("data"),
            DeclaredName = StageName.Parse("data"),
            Promises = [new(RelativePath.ParseExact("d"), PromiseType.Any, null)],
            Matcher = Matcher.Default,
            Store = _site.StoreFolder,
            Derivation = new(Hashing.Digest.Of([])),
        };
        _site.Adapt = r => r with
        {
            Project = r.Project with { References = [new("a", _site["a/a.lnproj"])], ReferencedStages = [other] },
        };
        const string reader = """<Stage Include="model" Command="cat @{a:data/d} > @{out}/m" /><Promise Include="m" Stage="model" />""";

        var error = Assert.Single((await AdoptAsync("model", items: reader)).Errors);

        Assert.Equal($"stage 'model' adopts nothing: its input 'a:data' is not up to date: build '{_site["a/a.lnproj"]}' first, "
            + "or adopt it there", error.Message);
    }

    [Building.LinuxFact]
    public async Task Are_not_written_where_they_are_refused()
    {
        await BuildFirstAsync();
        Edit("train.sh");
        _site.Adapt = r => r with { Options = r.Options with { Adopted = AdoptedResults.Refuse } };

        Assert.Contains((await AdoptAsync("model")).Errors, e => e.Code == "LNX2029");

        _site.Adapt = r => r;
        Assert.Equal(5, (await _site.BuildAsync(Items)).Ran.Length);
    }

    [Building.LinuxFact]
    public async Task Are_refused_in_locked_mode()
    {
        await BuildFirstAsync();
        _site.Adapt = r => r with { Options = r.Options with { Lock = new() { File = _site["project/lightnix.lock.json"], Use = true } } };
        Assert.Empty((await _site.BuildAsync(Items)).Ran);
        Edit("train.sh");
        var locked = new LockOptions { File = _site["project/lightnix.lock.json"], Locked = true };
        _site.Adapt = r => r with { Options = r.Options with { Lock = locked } };

        Assert.Contains((await AdoptAsync("model")).Errors, e => e.Message.StartsWith("nothing is adopted in locked mode",
            StringComparison.Ordinal));
    }

    [Building.LinuxFact]
    public async Task Are_refused_where_their_logs_were_collected_meanwhile()
    {
        var items = Items.Replace("sh train.sh", "echo training; sh train.sh", StringComparison.Ordinal);
        Assert.True((await _site.BuildAsync(items)).Succeeded);
        Edit("train.sh");
        _site.Sh("rm -rf store/logs/*");

        var error = Assert.Single((await AdoptAsync("model", items: items)).Errors);

        Assert.Contains("garbage collection took a log or a listing of its runs meanwhile", error.Message, StringComparison.Ordinal);
    }

    [Building.LinuxFact]
    public async Task Are_refused_where_the_content_of_an_input_changed_unless_that_is_asked_for()
    {
        await BuildFirstAsync();
        _site.Write("project/data.sh", "echo other data");
        await _site.BuildAsync(Items, stages: "data");
        var error = Assert.Single((await AdoptAsync("model")).Errors);
        Assert.Contains("the content of input data/data.csv changed", error.Message, StringComparison.Ordinal);

        Assert.Empty((await AdoptAsync("model", inputsToo: true)).Errors);

        Assert.Empty((await _site.BuildAsync(Items)).Ran);
    }

    [Building.LinuxFact]
    public async Task Are_refused_without_a_reason_a_change_or_a_former_choice()
    {
        Assert.Contains("no build of this project has chosen", Assert.Single((await AdoptAsync("data")).Errors).Message,
            StringComparison.Ordinal);
        await BuildFirstAsync();
        Assert.Contains("nothing is to be adopted", Assert.Single((await AdoptAsync("model")).Errors).Message, StringComparison.Ordinal);
        Edit("train.sh");
        Assert.Contains("needs a reason", Assert.Single((await AdoptAsync("model", reason: " ")).Errors).Message, StringComparison.Ordinal);
    }

    [Building.LinuxFact]
    public async Task Are_refused_for_a_choice_and_taken_for_its_candidates()
    {
        var (items, edited) = (Sweep.Of("0.1,0.3"), Sweep.Of("0.1,0.3").Replace("echo ", "echo  ", StringComparison.Ordinal));
        Assert.True((await _site.BuildAsync(items)).Succeeded);

        var error = Assert.Single((await AdoptAsync("model", items: edited)).Errors);
        Assert.Equal("LNX1024", error.Code);
        Assert.EndsWith("lightnix adopt train --reason WHY", error.Message, StringComparison.Ordinal);
        Assert.Empty((await AdoptAsync("train", items: edited)).Errors);

        Assert.Empty((await _site.BuildAsync(edited)).Ran);
        _site.Adapt = r => r with { Options = r.Options with { Adopted = AdoptedResults.Warn } };
        var warned = (await _site.BuildAsync(edited)).Events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic.Message);
        Assert.Contains(warned, m => m.StartsWith("stage 'model' has a result that was adopted", StringComparison.Ordinal));
    }

    [Building.LinuxFact]
    public async Task Do_not_count_any_more_after_they_were_withdrawn()
    {
        await BuildFirstAsync();
        Edit("train.sh");
        await AdoptAsync("model");
        await _site.BuildAsync(Items);
        using (var store = _site.Open())
        {
            foreach (var run in Runs("model"))
                store.Records.Withdraw(run, "me", DateTimeOffset.UtcNow);
        }
        Assert.Empty(_site.Damages());

        var ran = (await _site.BuildAsync(Items)).Ran;

        Assert.Equal(["model#1", "model#2", "model#3", "model#4", "model#5"], ran);
        // And again.
        Edit("train.sh");
        await AdoptAsync("model");
        Assert.Empty((await _site.BuildAsync(Items)).Ran);
    }

    [Building.LinuxTheory]
    [InlineData(AdoptedResults.Allow, "")]
    [InlineData(AdoptedResults.Warn, "LNX2021 Warning")]
    [InlineData(AdoptedResults.Refuse, "LNX2020 Error")]
    public async Task Are_chosen_by_a_locked_build_as_LightnixAdopted_says(AdoptedResults allowed, string said)
    {
        await BuildFirstAsync();
        Edit("train.sh");
        await AdoptAsync("model");
        _site.Adapt = r => r with { Options = r.Options with { Lock = new() { File = _site["project/lightnix.lock.json"], Use = true } } };
        Assert.Empty((await _site.BuildAsync(Items)).Ran);
        _site.Adapt = r => r with
        {
            Options = r.Options with { Adopted = allowed, Lock = new() { File = _site["project/lightnix.lock.json"], Locked = true } },
        };

        var locked = await _site.BuildAsync(Items);

        Assert.Equal(allowed != AdoptedResults.Refuse, locked.Succeeded);
        Assert.Equal(said, string.Join('\n', locked.Events.OfType<BuildEvent.Diagnosed>()
            .Select(d => $"{d.Diagnostic.Code} {d.Diagnostic.Severity}")));
    }

    [Building.LinuxFact]
    public async Task Count_as_absent_where_they_are_refused()
    {
        await BuildFirstAsync();
        Edit("train.sh");
        await AdoptAsync("model");
        await _site.BuildAsync(Items);
        _site.Adapt = r => r with { Options = r.Options with { Adopted = AdoptedResults.Refuse } };

        var built = await _site.BuildAsync(Items);

        Assert.True(built.Succeeded);
        Assert.Equal(5, built.Ran.Length);
    }

    async Task BuildFirstAsync() => Assert.Equal(7, (await _site.BuildAsync(Items)).Ran.Length);

    void Edit(string source) => File.AppendAllText(_site[$"project/{source}"], "\n# a comment\n");

    Task<Site.Built> AdoptAsync(string stages, bool writes = true, bool inputsToo = false, string reason = "a comment",
        string items = Items) => _site.AdoptAsync(items, stages, new(reason, inputsToo, writes));

    List<Run> Runs(string stage)
    {
        using var store = _site.Open();
        return [.. store.Records.History(store.Roots.Read(_site.ProjectFile).Stages[stage].Resolved).Runs];
    }
}
