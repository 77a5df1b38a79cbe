namespace Lightnix.Building;

/// <summary>
/// What goes wrong on the thread that starts a builder reaches its caller, and ends no process of a build.
/// </summary>
public sealed class BuildersThatCannotStart : IDisposable
{
    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [LinuxFact]
    public async Task Because_of_their_program_say_why() =>
        await Assert.ThrowsAsync<StartException>(() => Start("/nosuch", _bench.LogFile));

    [LinuxFact]
    public async Task Because_of_their_folder_say_why() =>
        await Assert.ThrowsAsync<StartException>(() => Start("/bin/sh", _bench.LogFile, _bench.Root + "/nowhere"));

    [LinuxTheory]
    [InlineData("nowhere/log")]
    [InlineData("work")] // a folder
    public async Task Because_of_their_log_say_why(string log) =>
        Assert.True(await Record.ExceptionAsync(() => Start("/bin/sh", Path.Combine(_bench.Root, log))) is IOException
            or UnauthorizedAccessException);

    Task<IChild> Start(string file, string log, string? folder = null) => PosixChild.StartAsync(new()
    {
        File = file,
        Name = Path.GetFileName(file),
        Words = [],
        Environment = ImmutableSortedDictionary<string, string>.Empty,
        Folder = folder ?? _bench.Folder,
        LogFile = log,
    });
}
