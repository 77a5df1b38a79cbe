using Lightnix.Running;

namespace Lightnix.Realizing;

public class Admission_of_runs
{
    [Fact]
    public async Task Serve_in_order_and_never_more_than_there_are()
    {
        var admission = new Admission(2);
        var first = await admission.TakeAsync(1, CancellationToken.None);
        var big = admission.TakeAsync(9, CancellationToken.None);
        var small = admission.TakeAsync(1, CancellationToken.None);

        Assert.False(big.IsCompleted || small.IsCompleted);
        first.Dispose();
        using (await big)
            Assert.False(small.IsCompleted);
        (await small).Dispose();
    }

    [Fact]
    public async Task Limit_runs_apart_from_their_cores()
    {
        var admission = new Admission(4, most: 1);
        var first = await admission.TakeAsync(3, CancellationToken.None);
        var second = admission.TakeAsync(1, CancellationToken.None);

        Assert.Equal(3, first.Cores);
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    [Fact]
    public async Task A_cancelled_wait_gives_up_its_place()
    {
        var admission = new Admission(1);
        using var cancel = new CancellationTokenSource();
        var held = await admission.TakeAsync(1, CancellationToken.None);
        var waits = admission.TakeAsync(1, cancel.Token);
        var next = admission.TakeAsync(1, CancellationToken.None);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        held.Dispose();
        (await next).Dispose();
    }
}
