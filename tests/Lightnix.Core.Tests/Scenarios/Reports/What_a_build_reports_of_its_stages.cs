using System.Collections.Concurrent;
using Lightnix.Building;
using Lightnix.Running;

namespace Lightnix.Scenarios;

public sealed class What_a_build_reports_of_its_stages : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task A_failure_is_reported_while_others_run_so_that_a_cancelled_build_counts_it()
    {
        var events = new ConcurrentQueue<BuildEvent>();
        using var cancelled = new CancellationTokenSource();

        var build = _site.BuildAsync("""<Stage Include="bad" Command="exit 7" /><Stage Include="slow" Command="sleep 60" />""",
            events: events, cancellationToken: cancelled.Token);
        await Eventually.Is(() => events.OfType<BuildEvent.GivenUp>().Any(), "the failure was not reported");
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Equal(["bad"], events.OfType<BuildEvent.GivenUp>().Select(g => g.Stage.ToString()));
    }

    [LinuxFact]
    public async Task A_stage_that_shares_the_runs_of_another_names_that()
    {
        var built = await _site.BuildAsync("""
            <Stage Include="b;a" Command="echo 1 > @{out}/x" /><Promise Include="x" Stage="a;b" />
            """);

        Assert.Equal(["a#1"], built.Ran);
        Assert.Equal([("a", "a"), ("b", "a")],
            built.Events.OfType<BuildEvent.Selected>().Select(s => ($"{s.Stage}", $"{s.MadeBy}")).Order());
    }

    [LinuxFact]
    public async Task A_choice_is_new_until_it_stays_the_same()
    {
        Assert.True(await IsNewAsync("0.1,0.3"));
        Assert.False(await IsNewAsync("0.1,0.3"));
        Assert.False(await IsNewAsync("0.1,0.3,0.2"));
        Assert.True(await IsNewAsync("0.1,0.3,0.4"));
    }

    async Task<bool> IsNewAsync(string rates)
    {
        var built = await _site.BuildAsync(Sweep.Of(rates));
        Assert.True(built.Succeeded, built.ToString());
        return built.Events.OfType<BuildEvent.Selected>().Single(s => s.Stage.ToString() == "model").IsNew;
    }
}
