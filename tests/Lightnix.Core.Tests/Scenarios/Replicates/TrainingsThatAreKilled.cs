using System.Collections.Concurrent;
using System.Diagnostics;
using Lightnix.Building;
using Lightnix.Model;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Scenarios;

/// <summary>Builds that are killed during a training.</summary>
public sealed class TrainingsThatAreKilled : IDisposable
{
    readonly Training _training = new();

    public void Dispose() => _training.Dispose();

    async Task<Process> RunningAsync(int step)
    {
        _training.Stop(Training.WaitAt(step));
        var process = OtherProcess.Start("", "reuse", _training.Site.StoreFolder, _training.Site.Write("items", _training.Items()));
        await Eventually.Is(() => _training.Now == step, "the training should get on");
        // What is printed goes through a pipe. What the build had not read of it when it was killed is lost.
        await Eventually.Is(() => _training.LogNow.EndsWith($"step {step}\n", StringComparison.Ordinal), "the log should have all");
        return process;
    }

    [LinuxFact]
    public async Task Start_afresh_where_the_checkpoint_was_removed_after_the_kill()
    {
        using (var process = await RunningAsync(4))
        {
            using (var store = _training.Site.Open())
                Assert.False(store.Checkpoints.Remove(Assert.Single(store.Checkpoints.All())));
            process.Kill();
            await process.WaitForExitAsync();
        }
        _training.Stop("");
        using (var store = _training.Site.Open())
        {
            Assert.True(store.Checkpoints.Remove(Assert.Single(store.Checkpoints.All())));
            Assert.Empty(store.Checkpoints.All());
        }

        Assert.True((await _training.BuildAsync()).Succeeded);

        var run = Assert.Single(_training.History().Runs).Facts;
        Assert.Null(run.Resumed);
        Assert.StartsWith("begins at 0\nstep 1\n", _training.LogOf(run), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Go_on_after_a_kill()
    {
        using (var process = await RunningAsync(4))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        Assert.Equal(4, _training.Step);
        _training.Stop("");

        Assert.True((await _training.BuildAsync()).Succeeded);

        Assert.Equal(await Training.WholeAsync(), _training.Model);
        var run = Assert.Single(_training.History().Runs).Facts;
        Assert.Equal(2, run.Resumed!.Tries);
        Assert.True(run.Resumed.Duration > run.Duration);
        AssertLogHoldsBoth(run);
    }

    [LinuxFact]
    public async Task Are_waited_for_by_another_build_that_goes_on()
    {
        using var process = await RunningAsync(4);
        var events = new ConcurrentQueue<BuildEvent>();
        var building = Task.Run(() => _training.BuildAsync(events: events));
        await Eventually.Is(() => events.OfType<BuildEvent.Waiting>().Any(), "the second build should wait");
        _training.Stop("");

        process.Kill();

        Assert.True((await building).Succeeded);
        Assert.Equal(await Training.WholeAsync(), _training.Model);
        AssertLogHoldsBoth(Assert.Single(_training.History().Runs).Facts);
    }

    void AssertLogHoldsBoth(RunFacts run) => Assert.StartsWith(
        "begins at 0\nstep 1\nstep 2\nstep 3\nstep 4\nlightnix: try 2 goes on from the checkpoint\nbegins at 4\nstep 5\n",
        _training.LogOf(run), StringComparison.Ordinal);
}
