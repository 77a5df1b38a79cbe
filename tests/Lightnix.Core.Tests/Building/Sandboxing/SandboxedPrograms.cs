namespace Lightnix.Building;

/// <summary>Programs that lie below a home or behind a shim: in the sandbox the very same run.</summary>
[Trait("Speed", "Slow")]
public sealed class SandboxedPrograms : IDisposable
{
    readonly BuilderBench _bench = new();
    readonly string _home;

    public SandboxedPrograms() => _home = Directory.CreateDirectory(Path.Combine(_bench.Root, "home")).FullName;

    public void Dispose() => _bench.Dispose();

    /// <summary>A bench whose user has the home of this test, and programs in some folders of it.</summary>
    BuilderBench Bench(params string[] folders) => new()
    {
        Builders = new(new(_bench.Cache)
        {
            Environment = new Dictionary<string, string>
            {
                ["PATH"] =
                string.Join(':', [.. folders.Select(f => Path.Combine(_home, f)), "/usr/bin:/bin"]),
                ["HOME"] = _home
            },
            Hidden = [_bench.Root],
        }),
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
    public async Task Which_file_ran_is_reported_alike_with_and_without()
    {
        Program("apps/tool-1.2/bin/tool", "#!/bin/sh\n");
        Directory.CreateDirectory(Path.Combine(_home, "bin"));
        File.CreateSymbolicLink(Path.Combine(_home, "apps", "tool"), "tool-1.2");
        File.CreateSymbolicLink(Path.Combine(_home, "bin", "tool"), "../apps/tool/bin/tool");
        var environment =
            new Dictionary<string, string> { ["PATH"] = $"{_home}/bin:{Environment.GetEnvironmentVariable("PATH")}", ["HOME"] = _home };
        foreach (var hidden in new[] { null, new[] { _bench.Root } })
        {
            using var bench =
                new BuilderBench { Builders = new(new(_bench.Cache) { Environment = environment, Hidden = hidden }), Tools = ["tool"] };
            bench.Write("x.py", "import sys; print(sys.executable)");
            var outcome = await bench.Script("python3", "x.py");
            Assert.True(outcome is BuildOutcome.Completed, bench.Log);
            Assert.Equal($"python3 {bench.Log.Trim()}, tool {_home}/apps/tool-1.2/bin/tool",
                string.Join(", ", outcome.Programs.Select(p => $"{p.Key} {p.Value}")));
            Assert.Equal($"sh {ProgramQuestions.RealPath("/bin/sh")}",
                string.Join(", ", (await bench.Sh("tool")).Programs.Where(p => p.Key != "tool").Select(p => $"{p.Key} {p.Value}")));
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
    public async Task The_virtual_environment_of_a_project_is_there_when_it_is_activated()
    {
        var project = Directory.CreateDirectory(Path.Combine(_home, "project")).FullName;
        Assert.True(await _bench.Sh($"python3 -m venv --without-pip '{project}/.venv'") is BuildOutcome.Completed, _bench.Log);
        await File.WriteAllTextAsync(Path.Combine(project, "secret"), "");
        using var bench = new BuilderBench
        {
            Builders = new(new(_bench.Cache)
            {
                Environment = new Dictionary<string, string> { ["PATH"] = project + "/.venv/bin:/usr/bin:/bin", ["HOME"] = _home },
                ProjectFolder = project,
                Hidden = [_bench.Root],
            }),
        };
        Assert.True(await bench.Sh($"python -c 'import sys; print(sys.prefix)'; ls -A '{project}'") is BuildOutcome.Completed, bench.Log);
        Assert.Equal($"{project}/.venv\n.venv\n", bench.Log);
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
            Program($"v/shims/{name}",
                $"#!/usr/bin/env bash\nset -e\nexport RBENV_ROOT=\"{_home}/v\"\n"
                + $"exec \"{_home}/v/libexec/rbenv\" exec \"$program\" \"$@\"\n");
        Program("v/versions/1/bin/one", "#!/bin/sh\necho one\n");
        Program("v/versions/1/bin/two", "#!/bin/sh\necho two\n");
        using var bench = Bench("v/shims");
        // The first of them leads nowhere.
        Assert.True(await bench.Sh("one; two; aaa 2> /dev/null || ls $(dirname $(command -v one))") is BuildOutcome.Completed, bench.Log);
        Assert.Equal("one\ntwo\naaa\none\ntwo\n", bench.Log);
        Assert.Equal($"aaa {_home}/v/shims/aaa, one {_home}/v/versions/1/bin/one, two {_home}/v/versions/1/bin/two",
            string.Join(", ",
                (await bench.Sh("one; two; aaa || true")).Programs.Where(p => p.Key != "sh").Select(p => $"{p.Key} {p.Value}")));
    }

    /// <summary>As pyenv makes them; <c>pip</c> is a script of the Python that stands behind another shim.</summary>
    async Task MakePyenv()
    {
        Program("v/libexec/pyenv",
            "#!/bin/sh\nif [ $1 = exec ]; then shift; f=$PYENV_ROOT/versions/1/bin/$1; shift; exec \"$f\" \"$@\"; fi\n"
            + "test -x \"$PYENV_ROOT/versions/1/bin/$2\" && echo \"$PYENV_ROOT/versions/1/bin/$2\" || { echo \"pyenv: $2: command not "
                + "found\" >&2; exit 127; }\n");
        foreach (var name in new[] { "pip", "python3", "ruff" })
            Program($"v/shims/{name}",
                $"#!/usr/bin/env bash\nset -e\nprogram=\"${{0##*/}}\"\nexport PYENV_ROOT=\"{_home}/v\"\nexec \"{_home}/v/libexec/pyenv\" "
                + "exec \"$program\" \"$@\"\n");
        Assert.True(await _bench.Sh($"python3 -m venv --without-pip '{_home}/v/versions/1'") is BuildOutcome.Completed, _bench.Log);
        Program("v/versions/1/bin/pip", $"#!{_home}/v/versions/1/bin/python3\nimport sys; print('pip', sys.prefix)\n");
    }

    [SandboxFact]
    public async Task A_name_takes_no_other_name_away()
    {
        await MakePyenv();
        using var bench = Bench("v/shims");
        bench.Tools = ["python3"];
        Assert.True(await bench.Sh(
            "python3 -c 'print(2)' pip ruff; pip; python3 -c 'import sys; print(sys.prefix)'") is BuildOutcome.Completed, bench.Log);
        Assert.Equal($"2\npip {_home}/v/versions/1\n{_home}/v/versions/1\n", bench.Log);
    }

    [SandboxFact]
    public async Task A_shim_that_leads_nowhere_is_reported_before_the_run_and_by_what_stands_in_for_it()
    {
        await MakePyenv();
        using var bench = Bench("v/shims");
        var reported = $"'ruff' ({_home}/v/shims/ruff) is a shim of pyenv, which names no program for it: pyenv: ruff: command not found";
        Assert.Equal(127, Assert.IsType<BuildOutcome.Failed>(await bench.Sh("ruff check")).ExitCode);
        Assert.IsType<BuildOutcome.Completed>(await bench.Sh("echo ruff > out/a"));
        Assert.Equal([reported], bench.Notices);
        Assert.Equal($"lightnix: {reported}\n", bench.Log);
        bench.Write("x", "");
        Assert.Equal(new BuildOutcome.Failed(null, reported), await bench.Script("ruff", "x"));
    }

    [SandboxFact]
    public async Task Each_kind_of_shim_leads_to_its_program()
    {
        foreach (var name in new[] { "asdf", "mise", "volta", "rust", "conda" })
            Program($"apps/{name}/bin/{name}-tool", $"#!/bin/sh\necho {name} $1 $(cat \"$(dirname \"$0\")/../data\")\n");
        foreach (var name in new[] { "asdf", "mise", "volta", "rust", "conda" })
            Program($"apps/{name}/data", "data\n");
        const string which = "#!/bin/sh\n[ $1 = which ] && [ -d \"$HOME/apps\" ] && echo \"$HOME/apps/${2%-tool}/bin/$2\"\n";
        foreach (var manager in new[] { "a/bin/asdf", "m/bin/mise", "vo/bin/volta", "ru/bin/rustup" })
            Program(manager, which);
        Program("vo/bin/volta-shim", "#!/bin/sh\nexit 1\n");
        Program("a/shims/asdf-tool",
            $"#!/usr/bin/env bash\n# asdf-plugin: asdf-tool 1.2\n"
            + $"exec {_home}/a/bin/asdf exec \"asdf-tool\" \"$@\" # asdf_allow: ' asdf '\n");
        Directory.CreateDirectory(Path.Combine(_home, "m", "shims"));
        File.CreateSymbolicLink(Path.Combine(_home, "m", "shims", "mise-tool"), "../bin/mise");
        File.CreateSymbolicLink(Path.Combine(_home, "vo", "bin", "volta-tool"), "volta-shim");
        File.CreateSymbolicLink(Path.Combine(_home, "ru", "bin", "rust-tool"), "rustup");
        Program("w/conda-tool", $"#!/bin/bash\nexport CONDA_PREFIX={_home}/apps/conda\nexec '{_home}/apps/conda/bin/conda-tool' \"$@\"\n");
        using var bench = Bench("a/shims", "m/shims", "vo/bin", "ru/bin", "w");
        Assert.True(await bench.Sh("asdf-tool 1; mise-tool 2; volta-tool 3; rust-tool 4; conda-tool 5") is BuildOutcome.Completed,
            bench.Log);
        Assert.Equal("asdf 1 data\nmise 2 data\nvolta 3 data\nrust 4 data\nconda 5 data\n", bench.Log);
        Assert.Empty(bench.Notices);
        // Its version counts, and not that of the shim.
        Assert.Equal(Path.Combine(_home, "apps", "mise", "bin", "mise-tool"),
            (await bench.Builders.Tools.ProbeAsync("mise-tool", default))!.Path);
    }

    [SandboxFact]
    public async Task What_is_no_file_is_no_reason_to_wait()
    {
        Directory.CreateDirectory(Path.Combine(_home, "bin"));
        Assert.True(await _bench.Sh(
            $"mkfifo -m 755 '{_home}/bin/pipe'; ln -s nowhere '{_home}/bin/link'; : > '{_home}/bin/empty'; "
            + $"chmod 755 '{_home}/bin/empty'") is BuildOutcome.Completed, _bench.Log);
        using var bench = Bench("bin");
        Assert.True(await bench.Sh("echo pipe link empty") is BuildOutcome.Completed, bench.Log);
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
        // As root: bubblewrap itself runs as an ordinary user. As another: every other test is this one.
        Program("bin/bwrap",
            "#!/bin/sh\nif [ $(id -u) = 0 ]; then exec setpriv --reuid=65534 --regid=65534 --clear-groups /usr/bin/bwrap \"$@\"; fi\nexec "
            + "/usr/bin/bwrap \"$@\"\n");
        using var bench = Bench("bin");
        if (!OperatingSystem.IsWindows())
            foreach (var folder in new[] { _bench.Root, _home, bench.Root, bench.Folder, bench.Out })
                File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
        bench.Write("in/a", "data");
        bench.Write("x.cs", "Console.WriteLine(Environment.UserName);");
        Assert.True(await bench.Sh(
            "id -u; echo > out/a; cat in/a; (echo > in/a) 2> /dev/null || echo; "
            + "ls -A /home /root 2> /dev/null || true") is BuildOutcome.Completed, bench.Log);
        Assert.True(await bench.Script("dotnet", "x.cs") is BuildOutcome.Completed, bench.Log);
        Assert.Equal("1000\ndata\nlightnix\n", bench.Log);
    }
}
