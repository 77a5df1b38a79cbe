namespace Lightnix.Building;

/// <summary>
/// Programs of the store on the path: none of them runs outside of the sandbox, and none of their texts is believed there.
/// </summary>
public sealed class ProgramsThatBuildersMade : IDisposable
{
    readonly FoundPrograms _files = new();

    /// <summary>As the folder of links that a build makes.</summary>
    readonly string[] _path = ["bin/gen/bin"];

    public ProgramsThatBuildersMade()
    {
        Directory.CreateDirectory(Path.Combine(_files.Store, "trees", "1", "bin"));
        _files.Link("bin/gen", "store/trees/1");
    }

    public void Dispose() => _files.Dispose();

    void NoneRan() => Assert.False(File.Exists(_files.Traces), File.Exists(_files.Traces) ? File.ReadAllText(_files.Traces) : "");

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_bwrap_of_the_path_is_the_sandbox(bool ordinary)
    {
        _files.Tracing("store/trees/1/bin/bwrap", "exec /usr/bin/bwrap \"$@\"");
        var bench = _files.Bench(ordinary, _path);
        Assert.Equal("", await Users.Prints(bench, $"ls -d {_files.Store} 2> /dev/null"));
        Assert.StartsWith("bubblewrap ", (await bench.Builders.Sandbox.StateAsync()).Name, StringComparison.Ordinal);
        NoneRan();
    }

    [LinuxTheory]
    [InlineData("store/trees/1/bin/bwrap")]
    [InlineData("links/bwrap")]
    public async Task No_other_bwrap_is_no_sandbox(string name)
    {
        _files.Tracing("store/trees/1/bin/bwrap");
        if (name.StartsWith("links", StringComparison.Ordinal))
            _files.Link(name, "store/trees/1/bin/bwrap");
        var file = Path.Combine(_files.Root, name);
        var builders = new Builders(new(Path.Combine(_files.Root, "cache"))
        {
            Environment =
            new Dictionary<string, string> { ["PATH"] = Path.GetDirectoryName(file)! },
            Hidden = [_files.Store],
            Built = [_files.Store]
        });
        var state = await builders.Sandbox.StateAsync();
        Assert.Equal(
            new SandboxState(null,
            $"'{file}' was made by a builder, and does not run outside of a sandbox; no other 'bwrap' is on the path"), state);
        NoneRan();
    }

    [LinuxFact]
    public async Task The_reaper_takes_programs_of_the_system()
    {
        foreach (var name in new[] { "grep", "sleep" })
            _files.Tracing("store/trees/1/bin/" + name, $"exec /usr/bin/{name} \"$@\"");
        using var reaper = new OrphanReaper();
        await reaper.WatchAsync(new("NOBODY_HAS_THIS", _files.Root));
        // It learns that its build was killed: the pipe ends without a word.
        Assert.DoesNotContain(_files.Root, (await File.ReadAllTextAsync($"/proc/{await ShellOf(reaper)}/environ")),
            StringComparison.Ordinal);
        NoneRan();
    }

    static async Task<string> ShellOf(OrphanReaper reaper)
    {
        var found = "";
        await Eventually.Is(() => (found = Children()
            .FirstOrDefault(c => Words(c).Contains("while read -r mark", StringComparison.Ordinal)) ?? "").Length > 0,
            $"{reaper} has no shell");
        return found;

        static IEnumerable<string> Children() =>
            Directory.GetDirectories("/proc/self/task")
            .SelectMany(t => Words(Path.Combine(t, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries));

        static string Words(string processOrFile)
        {
            try
            {
                return File.ReadAllText(processOrFile.StartsWith('/') ? processOrFile : $"/proc/{processOrFile}/cmdline");
            }
            catch (IOException)
            {
                return "";
            }
        }
    }

    [LinuxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_program_that_is_asked_calls_none_of_them(bool sandboxed)
    {
        // A version manager is a script that calls others by name.
        foreach (var name in new[] { "sed", "bash", "tool-helper" })
            _files.Tracing("store/trees/1/bin/" + name);
        _files.Program("home/me/bin/tool", "#!/usr/bin/env bash\nsed --version > /dev/null && echo tool 1.2 $(command -v tool-helper)\n");
        var bench = _files.Bench(false, ["bin/gen/bin", "home/me/bin"], sandboxed: sandboxed);
        Assert.Equal("tool 1.2", (await bench.Builders.Tools.ProbeAsync("tool", default))!.Text);
        NoneRan();
    }

    [LinuxFact]
    public async Task A_program_whose_first_line_names_one_of_them_is_known_by_its_bytes()
    {
        _files.Tracing("store/trees/1/bin/lang");
        _files.Program("home/me/bin/tool", $"#!{_files.Root}/bin/gen/bin/lang\n");
        var bench = _files.Bench(false, ["home/me/bin"], sandboxed: false);
        Assert.StartsWith("sha256 ", (await bench.Builders.Tools.ProbeAsync("tool", default))!.Text, StringComparison.Ordinal);
        NoneRan();
    }

    [LinuxFact]
    public void Their_dotnet_compiles_nothing()
    {
        _files.Tracing("store/trees/1/bin/dotnet");
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = $"{_files.Root}/bin/gen/bin",
            ["DOTNET_HOST_PATH"] =
            $"{_files.Root}/bin/gen/bin/dotnet"
        };
        var host = DotnetHost.Find($"{_files.Store}/trees/1/bin/dotnet", environment, new(environment, [_files.Store]));
        Assert.False(host is { File: var file } && file.StartsWith(_files.Root, StringComparison.Ordinal), host?.File);
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_they_write_as_a_shim_is_not_believed(bool ordinary)
    {
        // The user's own manager, which obeys files of its root as pyenv obeys hooks.
        _files.Program("home/me/.pyenv/libexec/pyenv", "#!/bin/sh\n. \"$PYENV_ROOT/hook\"\n");
        _files.Write("store/trees/1/root/hook", $"echo hook >> {_files.Traces}\n");
        _files.Program("store/trees/1/bin/mytool",
            $"#!/usr/bin/env bash\nexport PYENV_ROOT=\"{_files.Root}/bin/gen/root\"\nexec \"{_files.Home}/.pyenv/libexec/pyenv\" exec "
            + "\"$program\" \"$@\"\n");
        // Nor where the user's own shim leads there.
        _files.Program("home/me/shims/other",
            $"#!/usr/bin/env bash\nexport PYENV_ROOT=\"{_files.Root}/bin/gen/root\"\nexec \"{_files.Home}/.pyenv/libexec/pyenv\" exec "
            + "\"$program\" \"$@\"\n");
        var bench = _files.Bench(ordinary, ["bin/gen/bin", "home/me/shims"]);
        await Users.Prints(bench, "mytool; other");
        NoneRan();
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_they_name_is_not_shown_and_not_asked(bool ordinary)
    {
        _files.Program("home/me/.ssh/id", "SSHKEY\n");
        _files.Write("home/me/.ssh/other", "SSHKEY\n");
        _files.Tracing("home/me/x/python3");
        _files.Program("store/trees/1/bin/mywrap", $"#!/bin/sh\nexec {_files.Home}/.ssh/id \"$@\"\n");
        _files.Program("store/trees/1/bin/mybang", $"#!{_files.Home}/x/python3\n");
        var bench = _files.Bench(ordinary, _path);
        Assert.DoesNotContain("SSHKEY", await Users.Prints(bench, $"mywrap; mybang; cat {_files.Home}/.ssh/*"), StringComparison.Ordinal);
        NoneRan();
    }

    [SandboxFact]
    public async Task A_virtual_environment_of_their_Python_is_not_asked()
    {
        _files.Tracing("home/me/venv/bin/python3", "echo inside");
        _files.Write("home/me/venv/pyvenv.cfg", $"home = {_files.Root}/bin/gen/bin\n");
        _files.Program("store/trees/1/bin/python3", "");
        var bench = _files.Bench(false, ["home/me/venv/bin"]);
        Assert.Equal("inside\n", await Users.Prints(bench, "python3 2> /dev/null"));
        NoneRan();
    }

    [SandboxFact]
    public async Task They_run_inside_with_their_whole_result_and_interpreters_of_the_path()
    {
        _files.Write("store/trees/1/data/table", "from the result\n");
        _files.Program("home/me/apps/lang/bin/lang",
            "#!/bin/sh\necho by lang $(cat \"$(dirname \"$(readlink -f \"$1\")\")/../data/table\")\n");
        _files.Program("store/trees/1/bin/one", "#!/usr/bin/env lang\n");
        _files.Program("store/trees/1/bin/two", $"#!{_files.Home}/apps/lang/bin/lang\n");
        var bench = _files.Bench(false, ["bin/gen/bin", "home/me/apps/lang/bin"]);
        Assert.Equal("by lang from the result\nby lang from the result\n", await Users.Prints(bench, "one; two"));
    }
}
