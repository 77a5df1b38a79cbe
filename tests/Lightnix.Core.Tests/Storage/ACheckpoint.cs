using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>What a try left is there for the next one, whatever happens to the process and the disk in between.</summary>
public sealed class ACheckpoint : IDisposable
{
    readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    static Reference<Resolved> Resolved { get; } = Samples.Resolved().Reference();

    string StoreFolder => _temp["store"];

    static CheckpointState State(CheckpointState? former, int attempt = 1) =>
        new(Resolved, 1, attempt, int.MaxValue, "model") { Tries = (former?.Tries ?? 0) + 1, Start = DateTimeOffset.UtcNow };

    /// <summary>A try that adds a file to what is there, and fails.</summary>
    internal static void Try(Store store)
    {
        var former = store.Checkpoints.Find(Resolved, 1);
        using var workspace = store.NewWorkspace();
        workspace.TakeCheckpoint(store.Checkpoints, former, State(former));
        File.WriteAllText(Path.Combine(workspace.Folder, "checkpoint", $"file{former?.Tries ?? 0}"), "x");
        File.AppendAllText(workspace.LogFile, "printed\n");
        workspace.GiveUp(null);
    }

    // The store with a checkpoint, and how many steps another try makes.
    int Prepare()
    {
        using (var store = Store.Open(StoreFolder))
            Try(store);
        Sh.Run("cp -a store whole", _temp.Folder);
        var steps = 0;
        using (var store = Store.Open(_temp["whole"], new Disk(_ => steps++)))
            Try(store);
        return steps;
    }

    string Copied(int step)
    {
        var folder = _temp[$"at{step.ToString(CultureInfo.InvariantCulture)}"];
        Sh.Run($"cp -a store {folder}", _temp.Folder);
        return folder;
    }

    // The first file is there, and the second too if the try came so far. Nothing else is left.
    static void AssertWhole(string folder)
    {
        using (var store = Store.Open(folder))
        {
            var found = store.Checkpoints.Find(Resolved, 1);
            var files = Directory.GetFiles(Path.Combine(folder, "checkpoints", $"{Resolved}-1", "content")).Select(Path.GetFileName)
                .Order(StringComparer.Ordinal).ToArray();
            Assert.Equal(found!.Tries, files.Length);
            Assert.Equal(["file0", "file1"], files.Append("file1").Distinct());
            Assert.StartsWith("printed\n", File.ReadAllText(Path.Combine(folder, "checkpoints", $"{Resolved}-1", "log")),
                StringComparison.Ordinal);
            Assert.Empty(store.Maintenance.Verify());
            store.Sweep();
            Assert.NotNull(store.Checkpoints.Find(Resolved, 1));
        }
        Assert.Equal("", Sh.Run("find work -name '*-*'", folder));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Survives_a_kill_at_each_step()
    {
        Parallel.For(1, Prepare() + 1, new ParallelOptions { MaxDegreeOfParallelism = 2 }, step =>
        {
            var folder = Copied(step);
            var (code, output) = OtherProcess.Run("", "die with a checkpoint", folder, step.ToString(CultureInfo.InvariantCulture));
            Assert.True(code == 137, output);
            AssertWhole(folder);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Survives_an_error_at_each_step(bool isFull)
    {
        var steps = Prepare();
        for (var last = 1; last <= steps; last++)
        {
            var folder = Copied(last);
            var count = 0;
            try
            {
                using var store = Store.Open(folder, new Disk(step =>
                {
                    count++;
                    if (isFull ? count >= last && step is "write" or "copy" or "append" or "make folder" or "link" : count == last)
                        throw new IOException("no");
                }));
                Try(store);
            }
            catch (Exception e) when (e is IOException or StoreException)
            {
                // The run fails, or its session does.
            }
            AssertWhole(folder);
        }
    }

    [Fact]
    public void Of_a_later_version_is_left_as_it_is()
    {
        using var store = Store.Open(StoreFolder);
        Try(store);
        Sh.Run("f=$(echo checkpoints/*/state.json); chmod u+w $f; echo '{}' > $f", StoreFolder);

        Try(store);

        Assert.Equal("file0", Sh.Run("ls checkpoints/*/content", StoreFolder).Trim());
    }

    [Fact]
    public void Of_a_later_version_that_a_killed_run_left_is_left_as_it_is()
    {
        using var store = Store.Open(StoreFolder);
        Sh.Run("mkdir -p work/0123456789ab work/0123456789ab-3/w/checkpoint; : > work/0123456789ab-3/w/checkpoint/x; "
            + "echo step 1 > work/0123456789ab/log-3; "
            + "echo '{}' > work/0123456789ab-3/checkpoint; : > locks/sessions/0123456789ab", StoreFolder);

        store.Sweep();

        Assert.True(File.Exists(Path.Combine(StoreFolder, "work/0123456789ab-3/w/checkpoint/x")));
        Assert.Equal("step 1\n", File.ReadAllText(Path.Combine(StoreFolder, "work/0123456789ab-3/log")));
    }

    [Fact]
    public void Is_of_one_attempt()
    {
        using var store = Store.Open(StoreFolder);
        Try(store);

        // Another attempt makes a result again that is complete: it begins empty.
        using (var workspace = store.NewWorkspace())
        {
            workspace.TakeCheckpoint(store.Checkpoints, null, State(null, attempt: 2));
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(workspace.Folder, "checkpoint")));
        }
        Assert.Null(store.Checkpoints.Find(Resolved, 1));
    }

    [Fact]
    public async Task Is_collected_after_thirty_days_without_use()
    {
        using var store = Store.Open(StoreFolder);
        Try(store);
        string[] Collected(int days) =>
            [.. store.Maintenance.Collect(new(), DateTimeOffset.UtcNow.AddDays(days)).Items.Where(i => i.Kind == GarbageKind.Checkpoint)
                .Select(i => $"{i.Name!.Stage} {i.Name.Replicates[0]}: {i.Why}")];

        Assert.Empty(Collected(29));
        Assert.NotNull(store.Checkpoints.Find(Resolved, 1));
        using (await store.Locks.AcquireAsync(LockStore.OfRun(Resolved, 1, 1), "a run", _ => { }, CancellationToken.None))
        {
            var plan = store.Maintenance.Collect(new(), DateTimeOffset.UtcNow.AddDays(31));
            Assert.Equal("it is the checkpoint of 'model', replicate 1, and a run goes on from it now", Assert.Single(plan.Stuck).Why);
        }
        Assert.Equal(["model 1: a checkpoint that was not used for long"], Collected(31));
        Assert.Null(store.Checkpoints.Find(Resolved, 1));
        Assert.Equal("", Sh.Run("ls checkpoints", StoreFolder));
    }

    [Fact]
    public async Task Is_removed_but_not_under_a_run()
    {
        using var store = Store.Open(StoreFolder);
        Try(store);
        var state = Assert.Single(store.Checkpoints.All());
        using (await store.Locks.AcquireAsync(LockStore.OfRun(Resolved, 1, 1), "a run", _ => { }, CancellationToken.None))
            Assert.False(store.Checkpoints.Remove(state));

        Assert.True(store.Checkpoints.Remove(state));

        Assert.Empty(store.Checkpoints.All());
    }

    [Fact]
    public void Can_be_looked_into_by_no_other_user()
    {
        using var store = Store.Open(StoreFolder);
        Try(store);

        Assert.Equal("700", Sh.Run("stat -c %a checkpoints/*", StoreFolder).Trim());
    }
}
