using System.Diagnostics;
using System.Text.RegularExpressions;
using Lightnix.Building;

namespace Lightnix.Scenarios;

/// <summary>Outputs of terabytes of nothing, which a builder makes in a moment and no program could read in a day.</summary>
[Trait("Speed", "Slow")]
public sealed class ResultsThatAreLarge : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [LinuxFact]
    public async Task Are_taken_until_the_time_limit_and_leave_nothing()
    {
        var items = """
            <Stage Include="large" Command="echo made; truncate -s 4T @{out}/f" TimeLimit="00:00:02" />
            <Stage Include="beside" Command="echo 1 > @{out}/a" /><Promise Include="a" Stage="beside" />
            """;
        var watch = Stopwatch.StartNew();
        var built = await _site.BuildAsync(items);

        Assert.InRange(watch.Elapsed.TotalSeconds, 2, 120);
        var error = Assert.Single(built.Errors);
        Assert.Equal(("LNX2003", "TimeLimit"), (error.Code, error.Metadata));
        Assert.Contains("while its result was taken into the store", error.Message, StringComparison.Ordinal);
        Assert.Contains("  | made", error.Message, StringComparison.Ordinal);
        Assert.Equal("1", _site.Result("beside/a"));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_site.StoreFolder, "work")));
        Assert.Empty(_site.Damages());
    }

    [LinuxTheory]
    [InlineData("""<Stage Include="large" Command="truncate -s 4T @{out}/f" />""", "/out/f$")]
    [InlineData("""<Stage Include="large" Command="cd out; i=0; while [ $i -lt 40 ]; do truncate -s 1T $i; i=$((i+1)); done" />""",
        "/out/[0-9]+$")]
    // As a source, and as an import.
    [InlineData("""<Stage Include="large" Command=": > @{out}/a" /><Source Include="big" Stage="large" />""", "/project/big$")]
    [InlineData("""<Stage Include="large" Path="big" />""", "/project/big$")]
    // While it is judged.
    [InlineData("""
        <Stage Include="large" Command="printf 'a,b\n' > @{out}/a.csv; yes 1,2 | head -c 300000000 >> @{out}/a.csv" />
        <Promise Include="a.csv" Stage="large" Type="Csv" />
        """, "/trees/[0-9a-f]{64}/a.csv$")]
    public async Task Do_not_keep_a_build_that_is_cancelled(string items, string opened)
    {
        _site.Sh("truncate -s 4T project/big");
        using var cancel = new CancellationTokenSource();
        var build = Task.Run(() => _site.BuildAsync(items, cancellationToken: cancel.Token));
        await Eventually.Is(() => IsOpen(opened) || build.IsCompleted, "it was not reached");
        var watch = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
        if (Directory.Exists(_site.StoreFolder))
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_site.StoreFolder, "work")));
    }

    [LinuxFact]
    public async Task Are_not_verified_to_their_end_in_a_build_that_is_cancelled()
    {
        const string items = """<Stage Include="large" Command="truncate -s 1G @{out}/f" /><Promise Include="f" Stage="large" />""";
        Assert.True((await _site.BuildAsync(items)).Succeeded);
        using var store = _site.Open();
        var tree = store.Roots.Read(_site.ProjectFile).Stages["large"].Results[0].Tree;

        Assert.ThrowsAny<OperationCanceledException>(() => store.Trees.Check(store.Trees.Get(tree), everyByte: true, new(canceled: true)));
    }

    // Whether this process has such a file open.
    static bool IsOpen(string pattern) => Directory.GetFiles("/proc/self/fd").Any(f =>
    {
        try
        {
            return new FileInfo(f).LinkTarget is { } target && Regex.IsMatch(target, pattern);
        }
        catch (IOException)
        {
            return false;
        }
    });

    [LinuxFact]
    public async Task Keep_their_holes()
    {
        var items = """
            <Stage Include="large"
                   Command="truncate -s 3G @{out}/f; printf begin | dd of=@{out}/f conv=notrunc status=none; printf end >> @{out}/f" />
            <Promise Include="f" Stage="large" />
            <Stage Include="reads" Command="tail -c 3 @{large/f} > @{out}/a; stat -c %b @{large/f} >> @{out}/a" />
            <Promise Include="a" Stage="reads" />
            """;
        var built = await _site.BuildAsync(items);

        Assert.True(built.Succeeded, built.ToString());
        Assert.StartsWith("end", _site.Result("reads/a"), StringComparison.Ordinal);
        Assert.InRange(long.Parse(_site.Sh("stat -L -c %b project/bin/large/f").Trim(), null), 1, 1000);
        // The same bytes, whatever is a hole.
        Assert.Equal(
            _site.Sh("sha256sum project/bin/large/f | cut -c1-64").Trim(),
            _site.Sh($"grep -h ' 3221225475 f' {_site.StoreFolder}/listings/* | cut -d' ' -f2").Trim());
    }
}
