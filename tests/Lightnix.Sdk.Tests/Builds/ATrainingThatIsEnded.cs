using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>A training with <c>Checkpoint="true"</c> that is ended from outside, as by Ctrl+C, and goes on in the next build.</summary>
public sealed class ATrainingThatIsEnded : Playground
{
    // Ten steps, each of which the one before it is part of; the builder sees no file outside.
    const string Script = """
        i=0 h=$2
        if [ -e $1/state ]; then read i h < $1/state; echo "going on after step $i"; fi
        while [ $i -lt 10 ]; do
          i=$((i+1)); h=$(printf '%s' "$h $i" | sha256sum | cut -c 1-64)
          echo $i $h > $1/new; mv $1/new $1/state
          echo "step $i"
          if [ "$3" = slow ] && [ $i = 4 ] && [ ! -e $1/once ]; then : > $1/once; sleep 300; fi
        done
        echo $h > $4/model.txt
        """;

    static ProjectCreator Project(string pace) => ProjectCreator.Lightnix()
        .Item("Stage", "model", ("Checkpoint", "true"), ("Script", "train.sh"),
            ("Arguments", $"@{{checkpoint}} @{{seed}} {pace} @{{out}}"))
        .Promise("model", "model.txt");

    [Theory]
    [InlineData("INT", "Auto")]
    [InlineData("TERM", "None")]
    [InlineData("KILL", "Auto")]
    public void Goes_on_and_gives_the_model_of_one_that_was_not(string signal, string sandbox)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Variables["LightnixSandbox"] = sandbox;
        Write("train.sh", Script);
        Write("slow.lnproj", Project("slow"));
        Write("whole.lnproj", Project("whole"));

        End(signal);
        var output = Succeed("build", "slow.lnproj", "-tl:off", "-p:LightnixLinkDir=slow");

        Assert.Contains("try 2 goes on from its checkpoint", output.ToString(), StringComparison.Ordinal);
        Succeed("build", "whole.lnproj", "-tl:off", "-p:LightnixLinkDir=whole");
        Assert.Equal(Read("whole/model/model.txt"), Read("slow/model/model.txt"));
        Assert.Empty(Directory.GetFileSystemEntries(PathOf("store", "checkpoints")));
        Assert.Empty(Directory.GetFileSystemEntries(PathOf("store", "work")));
    }

    void End(string signal)
    {
        using var build = Process.Start(StartInfo("build", "slow.lnproj", "-tl:off"))!;
        var output = build.StandardOutput.ReadToEndAsync();
        var error = build.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        while (!IsSlow())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2) && !build.HasExited, "step 4 was not reached");
            Thread.Sleep(50);
        }
        using (var kill = Process.Start("kill", ["-s", signal, build.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        build.WaitForExit();
        Assert.True(build.ExitCode != 0, output.Result + error.Result);
    }

    bool IsSlow()
    {
        try
        {
            return Directory.EnumerateFiles(PathOf("store", "work"), "once", SearchOption.AllDirectories).Any();
        }
        catch (IOException)
        {
            // Not yet, or changed meanwhile.
            return false;
        }
    }
}
