namespace Lightnix.Building;

/// <summary>Programs that lie below a home or behind a shim: in the sandbox the very same run.</summary>
public sealed class SandboxedPrograms : IDisposable
{
    readonly BuilderBench _bench = new();
    readonly string _home;

    public SandboxedPrograms() => _home = Directory.CreateDirectory(Path.Combine(_bench.Root, "home")).FullName;

    public void Dispose() => _bench.Dispose();

    /// <summary>A bench whose user has the home of this test, and programs in some folders of it.</summary>
    BuilderBench Bench(params string[] folders) => new()
    {
        Builders = new(_bench.Cache, null, new Dictionary<string, string> { ["PATH"] = string.Join(':', [.. folders.Select(f => Path.Combine(_home, f)), "/usr/bin:/bin"]), ["HOME"] = _home }, hidden: [_bench.Root]),
    };

    void Program(string path, string text)
    {
        var file = Path.Combine(_home, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)0x1ED);
    }

    [SandboxFact]
    public async Task Python_is_the_one_that_runs_outside()
    {
        using var outside = new BuilderBench();
        using var inside = new BuilderBench(sandboxed: true);
        foreach (var bench in new[] { outside, inside })
        {
            bench.Write("x.py", "import sys, json, ssl, os; print(os.path.realpath(sys.executable), sys.version, sys.prefix)");
            bench.Write("x.sh", "python3 x.py");
            Assert.True(await bench.Script("python3", "x.py") is BuildOutcome.Completed, bench.Log);
            Assert.True(await bench.Sh("sh x.sh") is BuildOutcome.Completed, bench.Log);
        }
        Assert.Equal(outside.Log, inside.Log);
    }

    [SandboxFact]
    public async Task Which_file_ran_is_told_alike_with_and_without()
    {
        Program("apps/tool-1.2/bin/tool", "#!/bin/sh\n");
        Directory.CreateDirectory(Path.Combine(_home, "bin"));
        File.CreateSymbolicLink(Path.Combine(_home, "apps", "tool"), "tool-1.2");
        File.CreateSymbolicLink(Path.Combine(_home, "bin", "tool"), "../apps/tool/bin/tool");
        var environment = new Dictionary<string, string> { ["PATH"] = $"{_home}/bin:{Environment.GetEnvironmentVariable("PATH")}", ["HOME"] = _home };
        foreach (var hidden in new[] { null, new[] { _bench.Root } })
        {
            using var bench = new BuilderBench { Builders = new(_bench.Cache, null, environment, hidden: hidden), Tools = ["tool"] };
            bench.Write("x.py", "import sys; print(sys.executable)");
            var outcome = await bench.Script("python3", "x.py");
            Assert.True(outcome is BuildOutcome.Completed, bench.Log);
            Assert.Equal($"python3 {bench.Log.Trim()}, tool {_home}/apps/tool-1.2/bin/tool", string.Join(", ", outcome.Programs.Select(p => $"{p.Key} {p.Value}")));
            Assert.Equal($"sh {OutsideQuestions.RealPath("/bin/sh")}", string.Join(", ", (await bench.Sh("tool")).Programs.Where(p => p.Key != "tool").Select(p => $"{p.Key} {p.Value}")));
        }
    }

    [SandboxFact]
    public async Task Virtual_environments_stay_what_they_are()
    {
        using var bench = Bench("venv/bin");
        Assert.True(await _bench.Sh($"python3 -m venv --without-pip '{_home}/venv'") is BuildOutcome.Completed, _bench.Log);
        bench.Write("x.py", "import sys; print(sys.prefix)");
        Assert.True(await bench.Script("python3", "x.py") is BuildOutcome.Completed, bench.Log);
        Assert.True(await bench.Sh("python3 x.py") is BuildOutcome.Completed, bench.Log);
        Assert.Equal($"{_home}/venv\n{_home}/venv\n", bench.Log);
    }

    [SandboxFact]
    public async Task A_link_leads_to_its_installation_and_to_no_more_of_the_home()
    {
        Program("apps/tool-1.2/bin/tool", "#!/bin/sh\ncat \"$(dirname \"$(readlink -f \"$0\")\")/../data\"\n");
        Program("apps/tool-1.2/data", "data\n");
        Program("secret", "");
        Directory.CreateDirectory(Path.Combine(_home, "bin"));
        File.CreateSymbolicLink(Path.Combine(_home, "bin", "tool"), "../apps/tool-1.2/bin/tool");
        using var bench = Bench("bin");
        bench.Write("nothing", "");
        Assert.True(await bench.Sh($"tool; ls -A '{_home}'") is BuildOutcome.Completed, bench.Log);
        Assert.Equal("data\napps\nbin\n", bench.Log);
    }

    [SandboxFact]
    public async Task Each_shim_of_a_version_manager_leads_to_its_own_program()
    {
        Program("v/libexec/rbenv", "#!/bin/sh\ntest -x \"$RBENV_ROOT/versions/1/bin/$2\" && echo \"$RBENV_ROOT/versions/1/bin/$2\"\n");
        foreach (var name in new[] { "aaa", "one", "two" })
            Program($"v/shims/{name}", $"#!/usr/bin/env bash\nset -e\nexport RBENV_ROOT=\"{_home}/v\"\nexec \"{_home}/v/libexec/rbenv\" exec \"$program\" \"$@\"\n");
        Program("v/versions/1/bin/one", "#!/bin/sh\necho one\n");
        Program("v/versions/1/bin/two", "#!/bin/sh\necho two\n");
        using var bench = Bench("v/shims");
        // The first of them leads nowhere.
        Assert.True(await bench.Sh("one; two; aaa 2> /dev/null || ls $(dirname $(command -v one))") is BuildOutcome.Completed, bench.Log);
        Assert.Equal("one\ntwo\naaa\none\ntwo\n", bench.Log);
        Assert.Equal($"aaa {_home}/v/shims/aaa, one {_home}/v/versions/1/bin/one, two {_home}/v/versions/1/bin/two",
            string.Join(", ", (await bench.Sh("one; two; aaa || true")).Programs.Where(p => p.Key != "sh").Select(p => $"{p.Key} {p.Value}")));
    }

    [SandboxFact]
    public async Task A_script_brings_its_interpreter()
    {
        Program("apps/lang/bin/lang", "#!/bin/sh\necho run by lang\n");
        Program("apps/tool/bin/tool", "#!/usr/bin/env lang\n");
        using var bench = Bench("apps/tool/bin", "apps/lang/bin");
        Assert.True(await bench.Sh("tool") is BuildOutcome.Completed, bench.Log);
        Assert.Equal("run by lang\n", bench.Log);
    }

    [SandboxFact]
    public async Task What_is_named_in_Tools_is_there()
    {
        Program("apps/tool/bin/tool", "#!/bin/sh\necho found\n");
        using var bench = Bench("apps/tool/bin");
        Assert.IsType<BuildOutcome.Failed>(await bench.Sh("a=to; ${a}ol"));
        bench.Tools = ["tool"];
        Assert.True(await bench.Sh("a=to; ${a}ol") is BuildOutcome.Completed, bench.Log);
        Assert.EndsWith("found\n", bench.Log, StringComparison.Ordinal);
    }

    [SandboxFact]
    public async Task An_ordinary_user_has_a_sandbox_too()
    {
        // As root: bubblewrap itself runs as nobody. As another: every other test is this one.
        Program("bin/bwrap", "#!/bin/sh\nif [ $(id -u) = 0 ]; then exec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/bin/bwrap \"$@\"; fi\nexec /usr/bin/bwrap \"$@\"\n");
        using var bench = Bench("bin");
        if (!OperatingSystem.IsWindows())
            foreach (var folder in new[] { _bench.Root, _home, bench.Root, bench.Folder, bench.Out })
                File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        bench.Write("in/a", "data");
        bench.Write("x.cs", "Console.WriteLine(Environment.UserName);");
        Assert.True(await bench.Sh("id -u; echo > out/a; cat in/a; (echo > in/a) 2> /dev/null || echo; ls -A /home /root 2> /dev/null || true") is BuildOutcome.Completed, bench.Log);
        Assert.True(await bench.Script("dotnet", "x.cs") is BuildOutcome.Completed, bench.Log);
        Assert.Equal("1000\ndata\nlightnix\n", bench.Log);
    }
}
