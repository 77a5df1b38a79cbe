using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Interpreters that a stage names by a path: they run inside only.</summary>
public sealed class ProgramsThatStagesName : IDisposable
{
    readonly FoundPrograms _files = new();

    public void Dispose() => _files.Dispose();

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_is_called_python_is_not_asked(bool sandboxed)
    {
        var python = _files.Tracing("project/python3", "echo ran");
        var bench = _files.Bench(false, [], sandboxed: sandboxed);
        bench.Write("s.py", "");
        Assert.IsType<BuildOutcome.Completed>(await bench.Script(python, "s.py"));
        // Without a sandbox the builder itself writes there.
        Assert.Equal(sandboxed ? [] : [$"{python} s.py"], File.Exists(_files.Traces) ? await File.ReadAllLinesAsync(_files.Traces) : []);
    }

    [SandboxFact]
    public async Task A_manager_that_its_text_names_is_not_asked()
    {
        _files.Tracing("project/libexec/pyenv", "echo /bin/true");
        var shim = _files.Program("project/python3",
            $"#!/bin/sh\necho started\nexit\nexec \"{_files.Root}/project/libexec/pyenv\" exec \"$program\" \"$@\"\n");
        var bench = _files.Bench(false, []);
        bench.Write("s.py", "");
        Assert.IsType<BuildOutcome.Completed>(await bench.Script(shim, "s.py"));
        Assert.Equal("started\n", bench.Log);
        Assert.False(File.Exists(_files.Traces));
    }

    [SandboxTheory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(false, "--copies")]
    public async Task A_virtual_environment_runs_as_it_is(bool ordinary, string how)
    {
        using var outside = new BuilderBench();
        var place = Path.Combine(_files.Root, "project", ".venv");
        Assert.True(await outside.Sh($"umask 022; /usr/bin/python3 -m venv --without-pip {how} '{place}'") is BuildOutcome.Completed,
            outside.Log);
        _files.Write("project/.venv/lib/mine.txt", "");
        var bench = _files.Bench(ordinary, [], project: Path.Combine(_files.Root, "project"));
        bench.Write("s.py", "import sys, json; print(sys.prefix)");
        var outcome = await bench.Script(Path.Combine(place, "bin", "python"), "s.py");
        Assert.True(outcome is BuildOutcome.Completed, outcome + bench.Log);
        Assert.Equal(place + "\n", bench.Log);
    }

    [SandboxTheory]
    [InlineData("in/large/run", false)]
    [InlineData("in/large/link", false)]
    [InlineData("in/file", false)]
    [InlineData("in/large/run", true)]
    public async Task One_in_a_mounted_input_is_found(string interpreter, bool ordinary)
    {
        var run = _files.Program("store/trees/2/run", "#!/bin/sh\necho ran $1\n");
        File.CreateSymbolicLink(Path.Combine(_files.Store, "trees", "2", "link"), "run");
        var bench = _files.Bench(ordinary, []);
        Directory.CreateDirectory(Path.Combine(bench.Folder, "in", "large"));
        bench.Write("in/file", "");
        bench.Write("s.sh", "");
        bench.Mounts = [(Path.GetDirectoryName(run)!, RelativePath.Parse("large")), (run, RelativePath.Parse("file"))];
        Assert.True(await bench.Run(new Invocation.Script(interpreter, RelativePath.Parse("s.sh"), [])) is BuildOutcome.Completed,
            bench.Log);
        Assert.Equal("ran s.sh\n", bench.Log);
        Assert.Equal(new BuildOutcome.Failed(null, "'in/large/nothing' is not an executable file of the working folder"),
            await bench.Script("in/large/nothing", "s.sh"));
    }
}
