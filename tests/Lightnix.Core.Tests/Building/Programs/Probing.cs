using Lightnix.Hashing;

namespace Lightnix.Building;

public sealed class Probing : IDisposable
{
    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    Builders With(string tool, string script)
    {
        _bench.WriteProgram("bin/" + tool, "#!/bin/sh\n" + script);
        return new(new(_bench.Cache)
        {
            Environment = new Dictionary<string, string> { ["PATH"] = $"relative::{_bench.Folder}/bin:/usr/bin:/bin" },
        });
    }

    [LinuxFact]
    public async Task Gives_what_version_prints() =>
        Assert.Equal(new ToolVersion(_bench.Folder + "/bin/t", "t 1.2\nmore"),
            await With("t", "printf 'a warning\\n' >&2; printf '\\n t 1.2\\r\\nmore\\n\\n'; test \"$1\" = --version").Tools.ProbeAsync("t",
            default));

    [LinuxFact]
    public async Task Loses_no_byte_of_what_is_not_UTF8() =>
        Assert.Equal("t 1 %E4 ä", (await With("t", "printf 't 1 \\344 ä\\n'").Tools.ProbeAsync("t", default))!.Text);

    [LinuxFact]
    public async Task Takes_errors_when_that_is_all() =>
        Assert.Equal("t 2", (await With("t", "echo t 2 >&2").Tools.ProbeAsync("t", default))!.Text);

    [LinuxFact]
    public async Task A_tool_without_an_answer_is_known_by_its_bytes()
    {
        var tool = await With("t", "echo usage; exit 2").Tools.ProbeAsync("t", default);
        Assert.Equal($"sha256 {Digest.Of(await File.ReadAllBytesAsync(Path.Combine(_bench.Folder, "bin", "t")))}", tool!.Text);
    }

    [LinuxFact]
    public async Task Follows_links_to_the_real_file()
    {
        var builders = With("real", "echo \"$(basename \"$0\") 1\"");
        File.CreateSymbolicLink(Path.Combine(_bench.Folder, "bin", "alias"), "real");
        Assert.Equal(new ToolVersion(_bench.Folder + "/bin/real", "alias 1"), await builders.Tools.ProbeAsync("alias", default));
    }

    [LinuxFact]
    public async Task Asks_once()
    {
        var builders = With("t", $"echo asked >> {_bench.Root}/asked; echo 1");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => builders.Tools.ProbeAsync("t", default)));
        Assert.Equal("asked\n", await File.ReadAllTextAsync(Path.Combine(_bench.Root, "asked")));
    }

    [LinuxFact]
    public async Task Shows_nothing_of_the_user()
    {
        var builders = With("t", "echo ${SECRET-none} $LANG; test -d \"$HOME\" && test -z \"$(ls -A \"$HOME\")\"");
        Assert.Equal("none C.UTF-8", (await builders.Tools.ProbeAsync("t", default))!.Text);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_bench.Cache, "probes")));
    }

    [LinuxFact]
    public async Task Missing_is_null()
    {
        Assert.Null(await _bench.Builders.Tools.ProbeAsync("no-such-tool-at-all", default));
        Assert.Null(await _bench.Builders.Tools.ProbeAsync("bin/no", default));
        Assert.Null(await _bench.Builders.Tools.ProbeAsync("/no/such", default));
    }

    [LinuxFact]
    public async Task Knows_the_tools_of_this_machine()
    {
        Assert.NotNull(await _bench.Builders.Tools.ProbeAsync("sh", default));
        Assert.Matches(@"^\d+\.\d+\.\d+", (await _bench.Builders.Tools.ProbeAsync("dotnet", default))!.Text);
    }
}
