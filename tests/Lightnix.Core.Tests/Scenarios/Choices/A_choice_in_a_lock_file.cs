using Lightnix.Building;
using Lightnix.Builds;
using Lightnix.Model;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Scenarios;

public sealed class A_choice_in_a_lock_file : IDisposable
{
    const string Lucky = "echo @{replicate} > @{out}/accuracy.txt; echo @{params.rate} > @{out}/model.bin";

    const string Best = """<Matcher Include="train" Select="Best" Metric="accuracy.txt" />""";

    readonly Site _site = new();

    string LockPath => _site["project/lightnix.lock.json"];

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Is_pinned_with_the_stage_that_won_and_its_resolved_derivation()
    {
        await BuildAsync(Sweep.Of("0.1,0.3"));

        var text = File.ReadAllText(LockPath);
        Assert.Contains("lightnix/lock/2", text, StringComparison.Ordinal);
        var pins = LockFile.Parse(File.ReadAllBytes(LockPath)).Stages[StageName.Parse("model")];
        Assert.Equal(_site.Selection().Results.AsEnumerable(), pins.Results);
        Assert.Equal(text, LockFile.Parse(File.ReadAllBytes(LockPath)).ToText());
    }

    [LinuxFact]
    public async Task Is_what_a_locked_build_chooses()
    {
        var items = Sweep.Of("0.1,0.3", train: Lucky, more: Best);
        await BuildAsync(items);
        Assert.Equal("train-0_1", _site.Winner());
        var pinned = File.ReadAllText(LockPath);
        // The other cell wins now, and the lock file of before is brought back.
        await _site.BuildAsync(items, BuildMode.Run, "train-0_3");
        File.WriteAllText(LockPath, pinned);

        var built = await BuildAsync(items, locked: true);

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal("train-0_1", _site.Winner());
        Assert.All(built.Events.OfType<BuildEvent.Selected>(), s => Assert.True(s.Selection.IsPinned));
    }

    [LinuxFact]
    public async Task Follows_its_candidates_in_a_build_that_is_not_locked()
    {
        var items = Sweep.Of("0.1,0.3", train: Lucky, more: Best);
        await BuildAsync(items);
        await BuildAsync(items, run: "train-0_3");

        var built = await BuildAsync(items);

        Assert.Equal("train-0_3", _site.Winner());
        var pins = LockFile.Parse(File.ReadAllBytes(LockPath)).Stages[StageName.Parse("model")];
        Assert.Equal(_site.Selection().Results.AsEnumerable(), pins.Results);
    }

    [LinuxFact]
    public async Task Is_refused_where_it_is_not_what_its_candidates_pin()
    {
        var items = Sweep.Of("0.1,0.3", train: Lucky, more: Best);
        await BuildAsync(items);
        var before = LockFile.Parse(File.ReadAllBytes(LockPath));
        await BuildAsync(items, run: "train-0_3");
        var after = LockFile.Parse(File.ReadAllBytes(LockPath));
        var model = StageName.Parse("model");
        File.WriteAllText(LockPath, (before with { Stages = before.Stages.SetItem(model, after.Stages[model]) }).ToText());

        var error = Assert.Single((await BuildAsync(items, locked: true)).Errors);

        Assert.Equal("LNX1012", error.Code);
        Assert.Contains("of 'train-0_3'", error.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Is_refused_with_another_cell_or_another_matcher()
    {
        await BuildAsync(Sweep.Of("0.1,0.3"));

        var cell = await BuildAsync(Sweep.Of("0.1,0.3,0.2"), locked: true);
        var matcher = await BuildAsync(Sweep.Of("0.1,0.3", Sweep.Median), locked: true);

        Assert.All(new[] { cell, matcher }, built => Assert.All(built.Errors, e => Assert.Equal("LNX1012", e.Code)));
        Assert.Contains(cell.Errors, e => e.Message.Contains("'model'", StringComparison.Ordinal));
        Assert.Single(matcher.Errors);
    }

    [LinuxFact]
    public async Task Breaks_a_promise_that_the_lock_file_does_not_override()
    {
        await BuildAsync(Sweep.Of("0.1,0.3"));

        var built = await BuildAsync(Sweep.Of("0.1,0.3",
            more: """<Promise Include="accuracy.txt" Stage="model" Type="Number" Max="0.2" />"""), locked: true);

        Assert.Equal(["LNX2001"], built.Errors.Select(e => e.Code));
    }

    [LinuxFact]
    public async Task Stays_as_it_was_where_a_failure_is_skipped()
    {
        var items = Sweep.Of("0.1,0.3", """<Stage Include="model" From="train" Failed="Skip" />""",
            "test @{params.rate} != 0.3 || exit 7; echo 1 > @{out}/accuracy.txt; echo w > @{out}/model.bin");
        await BuildAsync(items);

        var built = await BuildAsync(items, locked: true);

        Assert.True(built.Succeeded, built.ToString());
        Assert.Empty(built.Ran);
        Assert.Equal("train-0_1", _site.Winner());
        Assert.Equal(["Warning LNX2025"], built.Codes());
        Assert.Contains("no result in the lock file", built.ToString(), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Is_locked_after_a_pinned_cell_was_changed_and_fails()
    {
        const string Skip = """<Stage Include="model" From="train" Failed="Skip" />""";
        const string Train = "echo 1 > @{out}/accuracy.txt; echo w > @{out}/model.bin";
        await BuildAsync(Sweep.Of("0.1,0.3", Sweep.Best, Train));
        var items = Sweep.Of("0.1,0.3", Skip, $"{Train}; test @{{params.rate}} != 0.3");
        Assert.True((await BuildAsync(items)).Succeeded);

        var built = await BuildAsync(items, locked: true);

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal("train-0_1", _site.Winner());
    }

    async Task<Site.Built> BuildAsync(string items, bool locked = false, string? run = null)
    {
        var request = _site.Request(items, run is null ? BuildMode.Build : BuildMode.Run, run ?? "");
        var events = new List<BuildEvent>();
        var result = await ProjectBuilds.BuildAsync(
            request with { Options = request.Options with { Lock = new() { File = LockPath, Use = true, Locked = locked } } }, events.Add,
            CancellationToken.None);
        return new(result.Succeeded, [.. events]);
    }
}
