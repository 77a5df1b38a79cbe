using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Words arrive as they were, whatever is in them.</summary>
[Trait("Speed", "Slow")]
public sealed class Arguments : IDisposable
{
    static readonly string[] Weird =
        ["", " ", "a b", "'", "\"", "a'b\"c", "$HOME", "$(id)", "`id`", "\\", "\\\\n", "line\nline", "\ttab", "*", "?", "~", "äöü 漢字 🦊",
        "-n", "--", "%PATH%", "a;b&c|d>e<f", "@{out}", "#", "!"];

    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [LinuxFact]
    public async Task Of_a_script()
    {
        _bench.Write("show.sh", "for a in \"$@\"; do printf '%s\\0' \"$a\"; done");
        Assert.IsType<BuildOutcome.Completed>(await _bench.Script("sh", "show.sh", Weird));
        Assert.Equal(Weird, _bench.Log.Split('\0')[..^1]);
    }

    [LinuxFact]
    public async Task Of_a_program_in_a_folder_with_a_strange_name()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_bench.Root, "a b'c$d")).FullName;
        var source = Path.Combine(_bench.Root, "src");
        await CompileAsync(source, folder);
        Assert.IsType<BuildOutcome.Completed>(await _bench.Run(new Invocation.Program(folder, RelativePath.Parse("show.dll"), [.. Weird])));
        Assert.Equal([_bench.Folder, .. Weird], _bench.Log.Split('\0')[..^1]);
    }

    /// <summary>The compiler of C# scripts is at hand: its output is a program like any other.</summary>
    async Task CompileAsync(string source, string to)
    {
        Directory.CreateDirectory(source);
        await File.WriteAllTextAsync(Path.Combine(source, "show.cs"),
            "Console.Write(Environment.CurrentDirectory + '\\0'); foreach (var a in args) Console.Write(a + '\\0');");
        await _bench.Builders.Processes.RunAsync(
            new()
            {
                Recipe = new()
                {
                    Invocation = new Invocation.Script("dotnet", RelativePath.Parse("show.cs"), []),
                    Environment =
                    ImmutableSortedDictionary<string, string>.Empty
                },
                WorkingFolder = source,
                LogFile = Path.Combine(_bench.Root, "compile"),
            },
            CancellationToken.None);
        foreach (var file in Directory.GetFiles(_bench.CompiledScript))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    [LinuxFact]
    public async Task With_a_NUL_are_refused() =>
        Assert.Equal(new BuildOutcome.Failed(null, "an argument or a variable holds a NUL character"), await _bench.Sh("echo a\0b"));

    [LinuxFact]
    public async Task Script_names_are_never_options()
    {
        _bench.Write("-x.sh", "echo fine");
        Assert.IsType<BuildOutcome.Completed>(await _bench.Script("sh", "-x.sh"));
        Assert.Equal("fine\n", _bench.Log);
    }

    [LinuxFact]
    public async Task Interpreters_may_have_words_and_be_sources()
    {
        _bench.WriteProgram("tools/run", "#!/bin/sh\necho \"$@\"\n");
        _bench.Write("s.sh", "");
        Assert.IsType<BuildOutcome.Completed>(await _bench.Script("env A=1 sh -x", "s.sh"));
        Assert.IsType<BuildOutcome.Completed>(await _bench.Script("./tools/run", "s.sh", "w"));
        Assert.Equal("s.sh w\n", _bench.Log);
        Assert.Equal(new BuildOutcome.Failed(null, "'./tools/no' is not an executable file of the working folder"),
            await _bench.Script("./tools/no", "s.sh"));
    }

    [Fact]
    public void Of_old_C_libraries_go_through_a_shell()
    {
        var command = PosixSpawn.ThroughShell(new()
        {
            File = "/usr/bin/env",
            Name = "env",
            Words = ["a b"],
            Environment = ImmutableSortedDictionary<string, string>.Empty,
            Folder = "/some where",
            LogFile = "/log",
        });
        Assert.Equal("/bin/sh", command.File);
        Assert.Equal(["-c", "cd -- \"$0\" && exec \"$@\"", "/some where", "/usr/bin/env", "a b"], command.Words.ToArray());
    }
}
