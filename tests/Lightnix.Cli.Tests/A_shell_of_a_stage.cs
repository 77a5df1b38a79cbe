using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary><c>lightnix shell</c> in a project whose builders run in a sandbox, where there is one.</summary>
[Trait("Speed", "Slow")]
public sealed class A_shell_of_a_stage : IDisposable
{
    const string Look =
        "env | sort > out/env; ls -lR in > out/ls; cat .lightnix.json > out/context; cat train.sh > out/source; pwd > out/pwd";

    readonly OwnProject _project = new();

    public A_shell_of_a_stage()
    {
        _project.Write("train.sh", "echo one");
        Build();
    }

    public void Dispose() => _project.Dispose();

    string Store => _project.Store;

    // 'bad' fails, and nothing else.
    void Build(string command = Look)
    {
        var xml = $$"""
              <Stage Include="raw" Command="seq 3 > @{out}/raw.txt" />
              <Promise Include="raw.txt" Stage="raw" />
              <Stage Include="cell" Matrix="rate=1,2" Command="cat @{raw/raw.txt} > @{out}/m.txt; echo @{params.rate} > @{out}/rate.txt" />
              <Promise Include="m.txt" Stage="cell" />
              <Promise Include="rate.txt" Stage="cell" Type="Number" />
              <Stage Include="large" Command="head -c 200000 /dev/zero > @{out}/zeros" Intermediate="true" />
              <Stage Include="all" Command="{{command}}; cat @{cell/m.txt} @{large}/zeros > /dev/null" Parameters="p=q r"
                     Environment="SECOND=@{cell[rate=2]/m.txt};TEXT=@{params.p} @@{x}" />
              <Source Include="train.sh" Stage="all" />
              <Stage Include="bad" Command="echo never; exit 3" />
              <Stage Include="best" From="cell" />
              <Matcher Include="best" Select="Best" Metric="rate.txt" />
              <Stage Include="one" Command="cat @{raw/raw.txt} > @{out}/one" />
            """;
        var errors = _project.Build(xml, sandbox: "Auto").Said.Where(d => d.Severity == Severity.Error);
        Assert.Contains("LNX2002", Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    // The project file has no SDK, so nothing can be asked of it.
    (int Code, string Output, string Error) Shell(params string[] arguments) => Start("dotnet",
        ["exec", Path.Combine(AppContext.BaseDirectory, "lightnix.dll"), "shell", .. arguments.Contains("--run") ? [] : new[] { "--last" },
            .. arguments]);

    (int Code, string Output, string Error) Start(string program, string[] arguments, string input = "")
    {
        using var process = Sh.Start(program, _project.Folder, arguments, new Dictionary<string, string> { ["LIGHTNIX_STORE"] = Store });
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    string Reference(string stage) => Directory.GetFiles(Store, "run.*.json", SearchOption.AllDirectories)
        .First(f => File.ReadAllText(Path.Combine(Store, "derivations",
            System.Text.Json.JsonDocument.Parse(File.ReadAllText(f)).RootElement.GetProperty("derivation").GetString() + ".json"))
            .Contains($"\"name\":\"{stage}\"", StringComparison.Ordinal)) is var file ? Path.GetFileName(file)[4..20] : "";

    string[] Work => [.. Directory.GetFileSystemEntries(Path.Combine(Store, "work")).Select(f => Path.GetFileName(f)!)];

    [Fact]
    public void Sees_what_the_run_saw()
    {
        var (code, output, error) = Shell("all", "--", "sh", "-c", $"{Look}; cd out; for file in *; do echo == $file; cat $file; done");

        Assert.True(code == 0, error);
        var run = Directory.GetFiles(Path.Combine(_project.Folder, "bin", "all")).Order(StringComparer.Ordinal)
            .Select(f => $"== {Path.GetFileName(f)}\n{File.ReadAllText(f)}");
        Assert.Equal(string.Concat(run), output);
        Assert.Equal("", error);
        Assert.Empty(Work);
    }

    [Fact]
    public void Passes_exit_code_and_streams_on()
    {
        Assert.Equal(7, Shell("one", "--", "sh", "-c", "exit 7").Code);
        Assert.Equal((0, "out\n", "error\n"), Shell("one", "--", "sh", "-c", "echo error >&2; echo out"));
        string[] cat = ["exec", Path.Combine(AppContext.BaseDirectory, "lightnix.dll"), "shell", "--last", "one", "--", "cat"];
        Assert.Equal("typed", Start("dotnet", cat, "typed").Output);
        var (code, _, error) = Shell("one", "--", "no-such-program");
        Assert.Equal(127, code);
        Assert.Contains("'no-such-program' is not on the path", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_its_folder_on_request()
    {
        var (code, _, error) = Shell("one", "--keep", "--", "sh", "-c", "echo kept > out/file");

        Assert.Equal(0, code);
        var folder = error.Split('\'')[1];
        Assert.Equal("kept\n", File.ReadAllText(Path.Combine(folder, "out", "file")));
        Assert.Equal("1\n2\n3\n", File.ReadAllText(Path.Combine(folder, "in", "raw", "raw.txt")));
    }

    [Fact]
    public void Opens_what_failed_last()
    {
        var (code, output, _) = Shell("bad", "--", "sh", "-c", "echo $LIGHTNIX_SEED; ls");

        Assert.Equal(0, code);
        Assert.Matches("^[0-9]+\nout\n$", output);
    }

    [Fact]
    public void Has_the_sources_of_the_run()
    {
        var old = Reference("all");
        _project.Write("train.sh", "echo two");

        var (_, output, error) = Shell("all", "--", "cat", "train.sh");
        Assert.Equal("echo one", output);
        Assert.Contains("edited since, and here as they were: 'train.sh'", error, StringComparison.Ordinal);

        Build();
        Assert.Equal("echo two", Shell("all", "--", "cat", "train.sh").Output);
        Assert.Equal("echo one", Shell("all", "--run", old, "--", "cat", "train.sh").Output);
        foreach (var file in Directory.GetFiles(Path.Combine(Store, "files"), "*", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f) == "echo one"))
            File.Delete(file);
        var (_, listed, lost) = Shell("all", "--run", old, "--", "ls");
        Assert.Equal("in\nout\n", listed);
        Assert.Contains("not kept, and no longer in the project as they were, so missing here: 'train.sh'", lost, StringComparison.Ordinal);
        Assert.DoesNotContain("edited since", lost, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_is_missing_and_how_it_comes_back()
    {
        // As MSBuild does at its end with intermediate trees, and a collection with others.
        Assert.Equal(0, Start("sh", ["-c", $"chmod -R u+w '{Store}/trees'; rm -r '{Store}'/trees/*"]).Code);

        var (code, _, intermediate) = Shell("all", "--", "true");
        Assert.Equal(2, code);
        Assert.Contains("the files of 'cell-1', 'cell-2', 'large', which 'all' reads, are not in the store", intermediate,
            StringComparison.Ordinal);
        Assert.Contains("build 'large' without Intermediate", intermediate, StringComparison.Ordinal);
        Assert.Contains("'raw', which 'one' reads, are not in the store: 'dotnet build' makes", Shell("one", "--", "true").Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("best", "chooses: name the stage that won, 'cell-")]
    [InlineData("nothing", "is no stage that was built here")]
    public void Says_why_there_is_none(string stage, string why)
    {
        var (code, _, error) = Shell(stage, "--", "true");

        Assert.Equal(2, code);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Empty(Work);
    }

    [Fact]
    public void Works_in_a_terminal_with_jobs_and_interrupts()
    {
        const string script = """
            import os, pty, subprocess, sys, threading, time
            main, side = pty.openpty()
            child = subprocess.Popen(sys.argv[1:], stdin=side, stdout=side, stderr=side, start_new_session=True,
                preexec_fn=lambda: __import__('fcntl').ioctl(0, __import__('termios').TIOCSCTTY, 0))
            os.close(side)
            text = b''
            def until(part):
                global text
                while part not in text:
                    text += os.read(main, 4096)
                text = text.split(part, 1)[1]
            until(b'[one]'); os.write(main, b'echo in $((40+2)); sleep 1000\n')
            until(b'in 42'); time.sleep(1); os.write(main, b'\x03')
            until(b'[one]'); os.write(main, b'echo code $?\n')
            until(b'code 130'); os.write(main, b'exit 5\n')
            sys.exit(child.wait())
            """;
        var (code, output, error) = Start("python3",
            ["-c", script, "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "lightnix.dll"), "shell", "--last", "one"]);

        Assert.True(code == 5, $"{code} {output} {error}");
    }

    [Fact]
    public void Cannot_type_into_the_terminal_around_it()
    {
        const string script = "import fcntl,termios,pty,os\n"
            + "m, s = pty.openpty()\ntry:\n  fcntl.ioctl(s, termios.TIOCSTI, b'x'); print('typed')\nexcept OSError as e: print(e.errno)";
        var (code, output, error) = Shell("one", "--", "python3", "-c", script);

        Assert.True(code == 0, error);
        var state = Shell("one", "--", "sh", "-c", "[ $PWD = /stage ]");
        Assert.True(output == "1\n" || state.Code != 0, output);
    }
}
