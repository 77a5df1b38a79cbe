using System.Collections.Concurrent;
using Lightnix.Building;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Scenarios;

/// <summary>A process that holds the store's gate and is paused, or hangs in a dead disk.</summary>
public sealed class TheGate : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task That_another_holds_is_reported_and_can_be_left()
    {
        const string items = """<Stage Include="a" Command="echo 1 > @{out}/a" /><Promise Include="a" Stage="a" />""";
        _site.Open().Dispose();
        using var cancel = new CancellationTokenSource();
        var events = new ConcurrentQueue<BuildEvent>();
        using (KernelLock.TryAcquire(new StoreLayout(_site.StoreFolder).Gate))
        {
            var build = Task.Run(() => _site.BuildAsync(items, events: events, cancellationToken: cancel.Token));
            await Eventually.Is(() => events.OfType<BuildEvent.Held>()
                .Any(h => h.Text.Contains("is changed by another process", StringComparison.Ordinal)), "nothing was said");
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        }
        Assert.True((await _site.BuildAsync(items)).Succeeded);
    }
}
