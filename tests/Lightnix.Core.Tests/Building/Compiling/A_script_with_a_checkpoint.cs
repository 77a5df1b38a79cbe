using Lightnix.Hashing;

namespace Lightnix.Building;

/// <summary>What a former try left in its checkpoint is no source of the script.</summary>
public sealed class A_script_with_a_checkpoint : IDisposable
{
    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Is_the_same_whatever_the_checkpoint_holds(bool hasCheckpoint)
    {
        _bench.Write("x.cs", "#:property A=B\nConsole.WriteLine(1);");
        if (hasCheckpoint)
            _bench.Declared = _bench.Declared.SetItem("LIGHTNIX_CHECKPOINT", "checkpoint");
        var empty = await KeyAsync();
        _bench.Write("checkpoint/Directory.Build.props", "<Project />");
        _bench.Write("checkpoint/epoch/7.bin", "7");

        var full = await KeyAsync();

        // A stage without a checkpoint may have sources in a folder of that name.
        Assert.Equal(hasCheckpoint, empty == full);
    }

    // What the script would be compiled as; it is not compiled.
    async Task<Digest> KeyAsync()
    {
        var kept = new List<Digest>();
        using var builders = new Builders(new(_bench.Cache) { Keep = kept.Add });
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => _bench.RunBy(builders, compiling: () => throw new OperationCanceledException()));
        return Assert.Single(kept);
    }
}
