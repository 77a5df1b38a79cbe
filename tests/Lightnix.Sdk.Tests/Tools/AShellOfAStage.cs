namespace Lightnix.Sdk;

/// <summary><c>lightnix shell</c> with a real project: the stage is as the project declares it now.</summary>
public sealed class AShellOfAStage : Playground
{
    const string Look = "env | sort > out/env; cat shared.sh in/raw/raw.txt .lightnix.json > out/files";

    public AShellOfAStage()
    {
        Write("shared/shared.sh", "echo one");
        WriteProject("seq 3", "first");
        Variables["LightnixSandbox"] = "Auto";
        Variables["LET_THROUGH"] = "let through";
        RestoreTool();
    }

    // A source from elsewhere, a variable that passes, and a value with a placeholder.
    void WriteProject(string raw, string parameter) => Write("data/data.lnproj", $$"""
        <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
          <ItemGroup>
            <Stage Include="raw" Command="{{raw}} > @{out}/raw.txt" />
            <Promise Include="raw.txt" Stage="raw" />
            <Stage Include="model" Command="{{Look}}; echo @{raw/raw.txt} @{params.word}" Parameters="word={{parameter}}"
                   Environment="WORD=@{params.word};RAW=@{raw/raw.txt}" PassEnvironment="LET_THROUGH" Cores="1" />
            <Source Include="../shared/shared.sh" Link="shared.sh" Stage="model" />
            <Promise Include="env" Stage="model" />
          </ItemGroup>
        </Project>
        """);

    BuildOutput Shell(params string[] arguments) => Dotnet(["lightnix", "shell", "model", "--project", "data", .. arguments]);

    [Fact]
    public void Is_what_the_next_build_would_run()
    {
        Succeed("build", "data", "-p:LightnixStages=raw");

        var first = Shell("--", "sh", "-c", $"{Look}; cat out/env out/files");
        Assert.True(first.ExitCode == 0 && first.Says("WORD=first") && first.Says("LET_THROUGH=let through"), first.ToString());
        Succeed("build", "data");
        Assert.True(first.Says(Read("data/bin/model/env") + Read("data/bin/model/files")), first.ToString());

        // What was edited since, without a build.
        Write("shared/shared.sh", "echo two");
        WriteProject("seq 3", "second");
        var edited = Shell("--", "sh", "-c", "echo $WORD; cat shared.sh; exit 9");
        Assert.True(edited.ExitCode == 9 && edited.Says("second\necho two"), edited.ToString());
        var last = Shell("--last", "--", "sh", "-c", "echo $WORD; cat shared.sh");
        Assert.True(last.Says("first\necho one"), last.ToString());

        WriteProject("seq 4", "second");
        var stale = Shell("--", "true");
        Assert.True(stale.ExitCode == 2 && stale.Says("what 'model' reads is not up to date ('raw')"), stale.ToString());
    }
}
