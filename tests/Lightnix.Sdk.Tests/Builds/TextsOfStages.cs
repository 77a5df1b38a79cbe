namespace Lightnix.Sdk;

/// <summary>
/// Long texts, variables and programs of stages: what runs, what stays inside of the sandbox, and what is reported to an author.
/// </summary>
public sealed class TextsOfStages : Playground
{
    static readonly string Long = new('y', 140_000);

    [Fact]
    public void Reach_nothing_outside_and_are_reported_where_they_cannot_work()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var traces = PathOf("traces");
        Write("data/stub.c",
            $"#include <stdio.h>\n__attribute__((constructor)) static void run(void) {{ FILE *f = fopen(\"{traces}\", \"w\"); if (f) "
            + "fclose(f); }\n");
        Write("data/crlf.sh", "#!/bin/sh\r\necho hi\r\n");
        File.SetUnixFileMode(PathOf("data/crlf.sh"), (UnixFileMode)0x1ED);
        Write("data/x.py", "print(1)\n");
        Write("data/.venv/bin/activate", "");
        Write("data/.venv/bin/python", "#!/bin/sh\n");
        File.SetUnixFileMode(PathOf("data/.venv/bin/python"), (UnixFileMode)0x1ED);
        Write("data/data.lnproj", $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="libs" Command="gcc -shared -fPIC -Wl,-soname,libcap.so.2 -o @{out}/libcap.so.2 stub.c" />
                <Source Include="stub.c" Stage="libs" />
                <Stage Include="use" Command="echo hello > @{out}/r" Inputs="libs" Environment="LD_LIBRARY_PATH=in/libs" />
                <Stage Include="preload" Command="echo hello > @{out}/r" Inputs="libs" Environment="LD_PRELOAD=in/libs/libcap.so.2" />
                <Stage Include="long" Parameters="x={{Long}}" Command="printf %25s @{params.x} | wc -c > @{out}/n" />
                <Stage Include="inner" Parameters="x={{Long}}" Command="/bin/echo @{params.x} > @{out}/n" />
                <Stage Include="pipe" Shell="bash" Command="yes | head -1 > @{out}/r" />
                <Stage Include="crlf" Command="./crlf.sh > @{out}/r" />
                <Source Include="crlf.sh" Stage="crlf" />
                <Stage Include="command" Command=".venv/bin/python x.py" />
                <Stage Include="interpreter" Script="x.py" Interpreter=".venv/bin/python" />
              </ItemGroup>
            </Project>
            """);

        var build = Fail("build", "data/data.lnproj", "-tl:off", "-p:LightnixSandbox=Auto");

        var sandboxed = !build.Says("no sandbox: ");
        if (sandboxed && File.Exists("/usr/bin/gcc"))
        {
            Assert.Equal("hello\n", Read("data/bin/use/r"));
            Assert.Equal("hello\n", Read("data/bin/preload/r"));
            Assert.False(File.Exists(traces));
        }
        Assert.Equal("140000", Read("data/bin/long/n").Trim());
        foreach (var reported in new[]
        {
            "A program takes 131,071 bytes in one argument, and mostly 2 MiB in all. Write many paths into its input, as in "
                + "'printf \"%s\\0\" @{stage/file} | xargs -0 cat', or make the step a script",
            "begin the command with 'set +o pipefail'",
            "'crlf.sh' has line ends of Windows (CRLF)",
            "stage 'interpreter' failed: '.venv/bin/python' is not an executable file of the working folder",
            "'.venv/bin/python' is a program of the project's folder, which a stage does not see. Activate its environment before the "
                + "build (. .venv/bin/activate) and call 'python'",
        })
            Assert.True(build.Says(reported), $"{reported}\n{build}");
    }
}
