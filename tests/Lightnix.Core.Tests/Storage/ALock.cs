namespace Lightnix.Storage;

public sealed class ALock : IDisposable
{
    readonly TempFolder _temp = new();
    readonly Store _store;

    public ALock() => _store = Store.Open(_temp["store"]);

    public void Dispose()
    {
        _store.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task Is_had_by_one_at_a_time()
    {
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            using (await Store.Open(_store.Folder).Locks.AcquireAsync("run", $"holder {i}", _ => { }, CancellationToken.None))
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await Task.Delay(2);
                Interlocked.Decrement(ref inside);
            }
        })));

        Assert.Equal(1, most);
        Assert.Equal(["sessions"], Files.Names(_temp["store/locks"]));
    }

    [Fact]
    public void Is_had_by_all_who_meet_a_store_without_its_folder_at_once()
    {
        for (var round = 0; round < 50; round++)
        {
            Directory.Delete(_temp["store/locks/sessions"]);
            Parallel.For(0, 4, i => KernelLock.TryAcquire(_temp[$"store/locks/sessions/{i}"])!.Dispose());
        }
    }

    [Fact]
    public async Task Shows_those_who_wait_what_it_is_for()
    {
        var reported = new List<string>();
        var first = await _store.Locks.AcquireAsync("run", "model, replicate 2, process 4711", _ => { }, CancellationToken.None);
        var waiting = _store.Locks.AcquireAsync("run", "me", reported.Add, CancellationToken.None);
        var other = await _store.Locks.AcquireAsync("another run", "another", reported.Add, CancellationToken.None);
        await Eventually.Is(() => reported.Count > 0, "nothing was reported");

        first.Dispose();
        using var second = await waiting;

        Assert.Equal(["model, replicate 2, process 4711"], reported);
        other.Dispose();
    }

    [Fact]
    public async Task Is_given_up_by_cancelling()
    {
        using var first = await _store.Locks.AcquireAsync("run", "first", _ => { }, CancellationToken.None);
        using var cancel = new CancellationTokenSource(50);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.Locks.AcquireAsync("run", "me", _ => { }, cancel.Token));
    }

    [Fact]
    public async Task Ends_with_its_process()
    {
        using var holder = OtherProcess.Start("", "hold", _store.Folder, "run", "a process that dies");
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        var reported = new List<string>();
        var waiting = _store.Locks.AcquireAsync("run", "me", reported.Add, CancellationToken.None);
        await Eventually.Is(() => reported.Count > 0, "nothing was reported");
        Assert.False(waiting.IsCompleted);

        holder.Kill();

        using (await waiting.WaitAsync(TimeSpan.FromMinutes(2)))
            Assert.Equal(["a process that dies"], reported);
        Assert.Equal(["sessions"], Files.Names(_temp["store/locks"]));
    }
}
