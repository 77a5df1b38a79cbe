using Lightnix.Building;
using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Scenarios;

/// <summary>A stage with <c>Checkpoint="true"</c> that ends without success goes on from where it was.</summary>
public sealed class TrainingsThatAreInterrupted : IDisposable
{
    readonly Training _training = new();

    public void Dispose() => _training.Dispose();

    async Task<string> InterruptedAsync(string stop, string metadata = "")
    {
        _training.Stop(stop);
        var built = await _training.BuildAsync(_training.Items(metadata));
        _training.Stop("");
        return Assert.Single(built.Errors).Message;
    }

    async Task CancelledAtAsync(int step)
    {
        _training.Stop(Training.WaitAt(step));
        using var cancel = new CancellationTokenSource();
        var building = Task.Run(() => _training.BuildAsync(cancellationToken: cancel.Token));
        await Eventually.Is(() => _training.Now == step, $"the training should come to step {step}");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building);
    }

    async Task GoesOnAsync(string metadata = "")
    {
        var built = await _training.BuildAsync(_training.Items(metadata));
        Assert.True(built.Succeeded, built.ToString());
    }

    [LinuxTheory]
    [InlineData("if [ $i = 4 ]; then exit 3; fi", "")]
    [InlineData("if [ $i = 4 ]; then kill -9 $$; fi", "")]
    [InlineData("if [ $i = 4 ]; then sleep 1000; fi", "TimeLimit=\"00:00:01\"")]
    [InlineData("if [ $i = 4 ]; then sleep 1000 & exit 0; fi", "")]
    [InlineData("if [ $i = 4 ]; then mkfifo out/pipe; exit 0; fi", "")]
    public async Task Go_on_and_give_the_model_of_one_that_was_not(string stop, string metadata)
    {
        var message = await InterruptedAsync(stop, metadata);

        Assert.Contains($"\nIts checkpoint is kept, and the next build goes on from there; 'lightnix rm model --checkpoint --store "
            + $"{_training.Site.StoreFolder}' starts it afresh", message, StringComparison.Ordinal);
        Assert.Equal(4, _training.Step);
        await GoesOnAsync(metadata.Replace("1\"", "59\"", StringComparison.Ordinal));
        Assert.Equal(await Training.WholeAsync(), _training.Model);
        // Success removes it.
        Assert.Empty(Directory.EnumerateFileSystemEntries(_training.Checkpoints));
    }

    [LinuxFact]
    public async Task Are_recorded_with_all_their_tries_and_one_log()
    {
        await InterruptedAsync("if [ $i = 2 ]; then exit 3; fi");
        await InterruptedAsync("if [ $i = 5 ]; then exit 4; fi");
        var built = await _training.BuildAsync();

        Assert.Contains(built.Events.OfType<BuildEvent.Started>(),
            s => s.Reason.EndsWith("; try 3 goes on from its checkpoint", StringComparison.Ordinal));
        var history = _training.History();
        var run = Assert.Single(history.Runs).Facts;
        Assert.Equal([null, 2], history.Failures.OrderBy(f => f.Facts.Order).Select(f => f.Facts.Resumed?.Tries));
        Assert.Equal(3, run.Resumed!.Tries);
        Assert.Equal(history.Failures.Select(f => f.Facts.Seed).Append(run.Seed).Distinct(), [run.Seed]);
        var before = history.Failures.Aggregate(TimeSpan.Zero, (sum, f) => sum + f.Facts.Duration);
        Assert.InRange(run.Resumed.Duration, before + run.Duration - TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(5));
        Assert.Equal("""
            begins at 0
            step 1
            step 2
            lightnix: try 2 goes on from the checkpoint
            begins at 2
            step 3
            step 4
            step 5
            lightnix: try 3 goes on from the checkpoint
            begins at 5
            step 6
            step 7
            step 8
            step 9
            step 10
            """, string.Join('\n', _training.LogOf(run).Split('\n').Select(l => l.TrimEnd())).TrimEnd());
        Assert.Empty(_training.Site.Damages());
    }

    [LinuxFact]
    public async Task By_control_C_go_on()
    {
        await CancelledAtAsync(3);
        Assert.Equal(3, _training.Step);

        _training.Stop("");
        await GoesOnAsync();
        Assert.Equal(await Training.WholeAsync(), _training.Model);
        Assert.Equal(2, Assert.Single(_training.History().Runs).Facts.Resumed!.Tries);
    }

    [LinuxFact]
    public async Task Go_on_within_one_run_that_is_tried_again()
    {
        _training.Stop("if [ $i = 4 ] || [ $i = 6 ]; then exit 3; fi");

        await GoesOnAsync("Retries=\"2\"");

        Assert.Equal(await Training.WholeAsync(), _training.Model);
        var run = Assert.Single(_training.History().Runs).Facts;
        Assert.Equal((2, 3), (run.Retries, run.Resumed!.Tries));
    }

    [LinuxFact]
    public async Task Begin_again_after_an_edit()
    {
        await InterruptedAsync("if [ $i = 4 ]; then exit 3; fi");

        await GoesOnAsync("Seed=\"another\"");
        Assert.StartsWith("begins at 0", _training.LogOf(Assert.Single(_training.History().Runs).Facts), StringComparison.Ordinal);
        Assert.True((await _training.BuildAsync(_training.Items(tag: " edited"))).Succeeded);
        Assert.StartsWith("begins at 0 edited", _training.LogOf(Assert.Single(_training.History().Runs).Facts), StringComparison.Ordinal);
        // What was kept is still there for the text before the edit.
        Assert.Equal(4, _training.Step);
        await GoesOnAsync();
        Assert.NotNull(Assert.Single(_training.History().Runs).Facts.Resumed);
    }

    [LinuxFact]
    public async Task Go_on_under_another_name_with_the_seed_that_they_had()
    {
        await CancelledAtAsync(3);

        _training.Stop("if [ $i = 6 ]; then exit 3; fi");
        Assert.False((await _training.BuildAsync(_training.Items(name: "net"))).Succeeded);
        Assert.Equal(6, _training.Step);
        _training.Stop("");
        Assert.True((await _training.BuildAsync(_training.Items(name: "third"))).Succeeded);

        Assert.Equal(await Training.WholeAsync(), _training.Site.Result("third/model.txt"));
        Assert.Equal(Seed.Of("model", 1), Assert.Single(_training.History("third").Runs).Facts.Seed);
    }

    [LinuxFact]
    public async Task Are_apart_for_each_replicate()
    {
        const string three = """<Matcher Include="model" AtLeast="3" />""";
        _training.Stop("if [ $i = 4 ]; then exit 3; fi");
        Assert.False((await _training.BuildAsync(_training.Items() + three)).Succeeded);
        _training.Stop("");
        Assert.True((await _training.BuildAsync(_training.Items() + three)).Succeeded);

        var runs = _training.History().Runs;
        Assert.Equal(3, runs.Select(r => r.Tree).Distinct().Count());
        Assert.True(runs.Count(r => r.Facts.Resumed is not null) >= 2);
    }

    [LinuxFact]
    public async Task Are_not_hopeless_where_each_try_gets_further()
    {
        const string four = """<Matcher Include="model" AtLeast="4" />""";
        // One at a time. Each gets to its time limit, after a step.
        _training.Stop("sleep 1000");
        var slow = await _training.BuildAsync(_training.Items("Cores=\"1000\" TimeLimit=\"00:00:01\"") + four);
        Assert.Equal(4, slow.Ran.Length);
        Assert.Equal(3, slow.Errors.Length);

        // These get to it without a step.
        _training.Stop("");
        const string stuck = """
            <Stage Include="stuck" Checkpoint="true" Cores="1000" TimeLimit="00:00:01" Command="sleep 1000" />
            <Promise Include="a" Stage="stuck" /><Matcher Include="stuck" AtLeast="4" />
            """;
        var built = await _training.BuildAsync(stuck);
        Assert.Equal(["stuck#1", "stuck#2"], built.Ran);
        Assert.DoesNotContain("Its checkpoint is kept", built.Errors[0].Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Have_an_empty_folder_at_first_that_is_no_part_of_the_result()
    {
        const string items = """
            <Stage Include="model" Checkpoint="true" Command="ls -A checkpoint; echo $LIGHTNIX_CHECKPOINT @{checkpoint}/x;
              mkdir checkpoint/deep; echo 1 > checkpoint/deep/x; cat $LIGHTNIX_CONTEXT; echo 1 > @{out}/a" />
            <Promise Include="a" Stage="model" />
            """;
        Assert.True((await _training.BuildAsync(items)).Succeeded);

        var run = Assert.Single(_training.History().Runs);
        var log = _training.LogOf(run.Facts);
        Assert.StartsWith("checkpoint checkpoint/x\n", log, StringComparison.Ordinal);
        Assert.DoesNotContain("checkpoint", log[log.IndexOf('{', StringComparison.Ordinal)..].Replace("$LIGHTNIX_CHECKPOINT", "",
            StringComparison.Ordinal).Split("\"builder\"")[0], StringComparison.Ordinal);
        Assert.Null(run.Facts.Resumed);
        using var store = _training.Site.Open();
        Assert.Equal(["a"], store.Trees.Find(run.Tree)!.Entries.Select(e => e.Path.ToString()));
    }

    [LinuxFact]
    public async Task Keep_a_folder_whatever_the_builder_did_to_it()
    {
        const string items = """
            <Stage Include="model" Checkpoint="true" Command="cat checkpoint/a/b checkpoint/run &amp;&amp; echo 1 > @{out}/a
              &amp;&amp; exit; mkdir checkpoint/a; echo one > checkpoint/a/b; ln -s a/b checkpoint/run; chmod 555 checkpoint/a checkpoint;
              chmod 0 .; exit 3" />
            <Promise Include="a" Stage="model" />
            """;
        Assert.False((await _training.BuildAsync(items)).Succeeded);

        var built = await _training.BuildAsync(items);
        Assert.True(built.Succeeded, built.ToString());
        Assert.EndsWith("one\none\n", _training.LogOf(Assert.Single(_training.History().Runs).Facts), StringComparison.Ordinal);
        Assert.Equal("", _training.Site.Sh("find store/checkpoints store/work -mindepth 1"));
    }

    [LinuxTheory]
    [InlineData("rm -r checkpoint")]
    [InlineData("rm -r checkpoint; ln -s / checkpoint")]
    [InlineData("rm -r checkpoint; echo 1 > checkpoint")]
    [InlineData("cd ..; mv w x; mkdir w; ln -s /etc w/checkpoint")]
    public async Task Keep_nothing_where_the_folder_is_none(string spoil)
    {
        var items = $$"""
            <Stage Include="model" Checkpoint="true" Command="ls -A checkpoint/; echo 1 > checkpoint/x; {{spoil}}; exit 3" />
            <Promise Include="a" Stage="model" />
            """;
        Assert.DoesNotContain("Its checkpoint is kept", Assert.Single((await _training.BuildAsync(items)).Errors).Message,
            StringComparison.Ordinal);
        await _training.BuildAsync(items);

        Assert.Equal([null, null], _training.History().Failures.Select(f => f.Facts.Log));
    }

    [LinuxFact]
    public async Task Are_moved_and_not_copied()
    {
        const string items = """
            <Stage Include="model" Checkpoint="true" Command="truncate -s 2G checkpoint/big; stat -c %i checkpoint/big; exit 3" />
            <Promise Include="a" Stage="model" />
            """;
        for (var i = 0; i < 2; i++)
            Assert.False((await _training.BuildAsync(items)).Succeeded);

        var inodes = _training.LogOf(_training.History().Failures.MaxBy(f => f.Facts.Order)!.Facts).Split('\n')
            .Where(l => l.Length > 0 && char.IsAsciiDigit(l[0])).ToArray();
        Assert.Equal(2, inodes.Length);
        Assert.Equal(inodes[0], inodes[1]);
        Assert.Equal(inodes[0], _training.Site.Sh("stat -c %i store/checkpoints/*/content/big").Trim());
    }

    [LinuxFact]
    public async Task Go_on_in_the_sandbox()
    {
        var items = $$"""
            <Stage Include="model" Checkpoint="true" Command="cat checkpoint/x &amp;&amp; cp checkpoint/x @{out}/a &amp;&amp; exit;
              echo @{seed} > x; mv x checkpoint/x; exit 3" /><Promise Include="a" Stage="model" />
            """;
        Assert.False(await _training.BuildAsync(items, null, "Auto"));
        Assert.True(await _training.BuildAsync(items, null, "Auto"));

        Assert.Equal(Seed.Of("model", 1).ToString(CultureInfo.InvariantCulture), _training.Site.Result("model/a"));
    }
}
