namespace Lightnix.Building;

/// <summary>What a stage declares, and what other builders made, is interpreted inside of the sandbox only.</summary>
public sealed class TextsOfAuthors : IDisposable
{
    readonly Users _users = new();
    readonly string _store;

    public TextsOfAuthors() => _store = Directory.CreateDirectory(Path.Combine(_users.Root, "store")).FullName;

    string Traces => Path.Combine(_users.Root, "traces");

    public void Dispose() => _users.Dispose();

    static void Program(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)0x1ED);
    }

    /// <summary>Builders whose user has some folders on the path, and whose store holds the work of other builders.</summary>
    BuilderBench Bench(bool sandboxed, params string[] path) => new()
    {
        Builders = new(new(Path.Combine(_users.Root, "cache"))
        {
            Environment =
                new Dictionary<string, string> { ["PATH"] = string.Join(':', [.. path, "/usr/bin:/bin"]), ["HOME"] = _users.Root },
            Hidden = sandboxed ? [_users.Root] : null,
            Built = [_store],
        }),
    };

    [SandboxFact]
    public async Task A_sandbox_that_a_builder_made_is_none()
    {
        var made = Path.Combine(_store, "gen", "bin");
        Program(Path.Combine(made, "bwrap"), $"#!/bin/sh\necho bwrap >> {Traces}\nexec /usr/bin/bwrap \"$@\"\n");
        var links = Directory.CreateDirectory(Path.Combine(_users.Root, "links")).FullName;
        File.CreateSymbolicLink(Path.Combine(links, "bwrap"), Path.Combine(made, "bwrap"));
        foreach (var folder in new[] { made, links })
        {
            Assert.IsType<BuildOutcome.Completed>(await Bench(sandboxed: true, folder).Sh("true"));
            using var only = new Builders(new(Path.Combine(_users.Root, "cache"))
            {
                Environment =
                new Dictionary<string, string> { ["PATH"] = folder },
                Hidden = [_users.Root],
                Built = [_store]
            });
            Assert.Equal(
                (null, $"'{folder}/bwrap' was made by a builder, and does not run outside of a sandbox; no other 'bwrap' is on the path"),
                (await only.Sandbox.StateAsync() is var state ? (state.Name, state.Missing) : default));
        }
        Assert.False(File.Exists(Traces));
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_library_of_another_builder_is_loaded_by_nothing_outside(bool ordinary)
    {
        if (!File.Exists("/usr/bin/gcc"))
            return;
        var bench = _users.Bench(ordinary);
        bench.Write("stub.c",
            $"#include <stdio.h>\n__attribute__((constructor)) static void run(void) {{ FILE *f = fopen(\"{Traces}\", \"w\"); if (f) "
            + "fclose(f); }\n");
        await Users.Prints(bench, "gcc -shared -fPIC -Wl,-soname,libcap.so.2 -o out/libcap.so.2 stub.c");
        Directory.CreateDirectory(Path.Combine(bench.Folder, "in"));
        Directory.Move(bench.Out, Path.Combine(bench.Folder, "in", "libs"));
        Directory.CreateDirectory(bench.Out);
        bench.Declared = bench.Declared.Add("LD_LIBRARY_PATH", "in/libs").Add("LD_PRELOAD", "in/libs/libcap.so.2")
            .Add("LD_AUDIT", "in/libs/libcap.so.2");
        // It is the builder's own affair, inside.
        Assert.EndsWith("hello in/libs\n", await Users.Prints(bench, "echo hello $LD_LIBRARY_PATH"), StringComparison.Ordinal);
        Assert.False(File.Exists(Traces));
    }

    [SandboxFact]
    public async Task Values_are_shown_by_no_list_of_processes()
    {
        var bench = _users.Bench(ordinary: false);
        bench.Declared = bench.Declared.Add("SECRET", "open sesame");
        var run = bench.Sh("echo started; while [ ! -e go ]; do sleep 0.05; done; printf %s \"$SECRET\"");
        await Eventually.Is(() => bench.Log.Contains("started", StringComparison.Ordinal), "the builder did not start");
        var shown = Directory.GetDirectories("/proc").Select(d => Path.Combine(d, "cmdline")).Where(File.Exists).Select(Text).ToList();
        bench.Write("go", "");
        Assert.IsType<BuildOutcome.Completed>(await run);
        Assert.EndsWith("open sesame", bench.Log, StringComparison.Ordinal);
        Assert.Contains(shown, s => s.Contains("bwrap", StringComparison.Ordinal));
        Assert.DoesNotContain(shown, s => s.Contains("open sesame", StringComparison.Ordinal));

        static string Text(string file)
        {
            try
            {
                return File.ReadAllText(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }
    }

    [SandboxFact]
    public async Task A_value_is_no_word_for_the_sandbox()
    {
        var bench = _users.Bench(ordinary: false);
        bench.Declared = bench.Declared.Add("A", "x\0--bind\0/\0/host");
        Assert.Equal(new BuildOutcome.Failed(null, "an argument or a variable holds a NUL character"), await bench.Sh("true"));
    }

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Python_is_asked_without_the_variables_of_a_stage(bool sandboxed)
    {
        if (sandboxed && await Missing())
            return;
        // A Python outside of the system's folders, as every virtual environment is.
        Program(Path.Combine(_users.Root, "env", "bin", "python3"), "#!/bin/sh\nexec /usr/bin/python3 \"$@\"\n");
        using var bench = Bench(sandboxed, Path.Combine(_users.Root, "env", "bin"));
        bench.Write("in/lib/sitecustomize.py",
            $"import os\nopen('{Traces}', 'a').write(f\"{{os.getcwd()}} {{os.environ.get('PYTHONPATH')}}\\n\")\n");
        bench.Write("in/lib/json.py", "raise SystemExit('this json was imported')\n");
        bench.Declared = bench.Declared.Add("PYTHONPATH", "in/lib").Add("PYTHONSTARTUP", "in/lib/sitecustomize.py").Add("PYTHONHOME", "");
        bench.Write("x.py", "print('ran')\n");
        Assert.True(await bench.Script("python3", "x.py") is BuildOutcome.Completed, bench.Log);
        // Without a sandbox only the builder itself writes there.
        Assert.Equal(sandboxed ? 0 : 1, File.Exists(Traces) ? File.ReadAllLines(Traces).Length : 0);
    }

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_program_of_another_builder_is_not_run_to_be_asked(bool sandboxed)
    {
        if (sandboxed && await Missing())
            return;
        var bin = Path.Combine(_store, "trees", "1", "bin");
        foreach (var name in new[] { "python3", "tool" })
            Program(Path.Combine(bin, name), $"#!/bin/sh\necho \"$0 $*\" >> {Traces}\n");
        Program(Path.Combine(_store, "trees", "1", "libexec", "pyenv"), $"#!/bin/sh\necho \"$0 $*\" >> {Traces}; echo /bin/true\n");
        Program(Path.Combine(_users.Root, "shims", "pip"),
            $"#!/usr/bin/env bash\nexec \"{_store}/trees/1/libexec/pyenv\" exec \"$program\" \"$@\"\n");
        // Through a link folder, as in a project's bin.
        Directory.CreateSymbolicLink(Path.Combine(_users.Root, "link"), Path.Combine(_store, "trees", "1"));
        using var bench = Bench(sandboxed, Path.Combine(_users.Root, "link", "bin"), Path.Combine(_users.Root, "shims"));
        bench.Tools = ["tool", "python3"];
        await bench.Sh("if false; then python3 x; pip x; tool x; fi");
        Assert.StartsWith("sha256 ", (await bench.Builders.Tools.ProbeAsync("tool", default))!.Text, StringComparison.Ordinal);
        Assert.False(File.Exists(Traces), File.Exists(Traces) ? File.ReadAllText(Traces) : "");
    }

    [LinuxTheory]
    [InlineData(".python-version", "1.2", "1.2")]
    [InlineData(".python-version", "1.2 # ours\n1.3", "1.2 # ours 1.3")]
    [InlineData(".python-version", "../../work/in/evil", "")]
    [InlineData(".python-version", "/tmp/evil", "")]
    [InlineData(".tool-versions", "python path:/tmp/evil", "")]
    [InlineData(".tool-versions", "python 1.2", "python 1.2")]
    public void A_version_file_says_a_version_and_no_path(string name, string text, string seen)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_users.Root, "work")).FullName;
        File.WriteAllText(Path.Combine(folder, name), text);
        var environment = new Dictionary<string, string>
        {
            ["PYENV_VERSION"] = text,
            ["PYENV_ROOT"] = "in/evil",
            ["PATH"] =
            "in/evil",
            ["LD_PRELOAD"] = "x"
        };
        var choice = VersionChoice.Of(folder, environment);
        Assert.Equal(seen, choice.Files.GetValueOrDefault(name, "").Replace('\n', ' '));
        Assert.Equal(text == "1.2" ? ["PYENV_VERSION"] : seen.Length > 0 && !text.Contains('#', StringComparison.Ordinal)
            ? ["PYENV_VERSION"] : Array.Empty<string>(), choice.Variables.Keys);
    }

    [LinuxTheory]
    [InlineData("mkfifo .python-version")]
    [InlineData("mkdir .python-version")]
    [InlineData("ln -s .python-version .python-version")]
    public void A_version_file_that_cannot_be_read_says_nothing(string command)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_users.Root, "work")).FullName;
        Storage.Sh.Run(command, folder);
        Assert.Empty(VersionChoice.Of(folder, new Dictionary<string, string>()).Files);
    }

    [SandboxTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_report_that_a_builder_writes_is_read_to_a_limit(bool ordinary)
    {
        var bench = _users.Bench(ordinary);
        var before = GC.GetTotalAllocatedBytes();
        await Users.Prints(bench,
            "for f in /proc/[0-9]*/fd/2; do case $(readlink $f) in *.sandbox) truncate -s 3G $f;; esac; done 2> /dev/null; true");
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100_000_000);
    }

    static async Task<bool> Missing()
    {
        using var bench = new BuilderBench(sandboxed: true);
        return (await bench.Builders.Sandbox.StateAsync()).Name is null;
    }
}
