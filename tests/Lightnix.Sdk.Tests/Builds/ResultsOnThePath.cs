namespace Lightnix.Sdk;

/// <summary>A project's folder of links to results on the <c>PATH</c>: what builders made runs in the sandbox only.</summary>
public sealed class ResultsOnThePath : Playground
{
    [Fact]
    public void Run_nowhere_but_inside()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/bwrap"))
            return;
        var traces = PathOf("traces");
        var manager = Write("manager/pyenv", "#!/usr/bin/env bash\n. \"$PYENV_ROOT/hook\"\n");
        File.SetUnixFileMode(manager, (UnixFileMode)0x1ED);
        Write("made/gen.sh", $$"""
            mkdir -p out/bin
            for n in bwrap grep sed bash python3 mytool; do
              printf '#!/bin/sh\necho "$0 $*" >> {{traces}}\nexec /usr/bin/%s "$@"\n' $n > out/bin/$n; done
            echo 'echo hook >> {{traces}}' > out/hook
            printf '#!/usr/bin/env bash\nexport PYENV_ROOT="{{PathOf("made/bin/gen")}}"\n' > out/bin/shimmed
            printf 'exec "{{manager}}" exec "$program" "$@"\n' >> out/bin/shimmed
            printf '#!/bin/sh\necho "ran $1" > out/r\n' > out/bin/run
            chmod +x out/bin/*
            head -c 2000000 /dev/zero > out/large

            """);
        Write("made/made.lnproj", $"""
            <Project Sdk="Lightnix.Sdk/{World.SdkVersion}">
              <ItemGroup>
                <Stage Include="gen" Script="gen.sh" />
                <Stage Include="by" Script="s.sh" Interpreter="in/gen/bin/run" Inputs="gen" />
              </ItemGroup>
            </Project>
            """);
        Write("made/s.sh", "");
        Write("used/used.lnproj", $"""
            <Project Sdk="Lightnix.Sdk/{World.SdkVersion}">
              <ItemGroup>
                <Stage Include="use" Command="shimmed || true; echo done > @(out)/r" Tools="mytool;python3" />
              </ItemGroup>
            </Project>
            """.Replace("@(out)", "@{out}", StringComparison.Ordinal));
        Variables["LightnixSandbox"] = "Auto";
        if (Succeed("build", "made/made.lnproj", "-tl:off").Says("no sandbox: "))
            return;
        Assert.Equal("ran s.sh\n", Read("made/bin/by/r"));

        Variables["PATH"] = $"{PathOf("made/bin/gen/bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        Succeed("build", "used/used.lnproj", "-tl:off", "-p:LightnixSandbox=Required");

        Assert.Equal("done\n", Read("used/bin/use/r"));
        Assert.False(Has("traces"), Has("traces") ? Read("traces") : "");
    }
}
