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

    // Softmax regression on the digits of the samples, by stochastic gradient descent with a generator of its own. Weights, generator and
    // epoch are in the checkpoint.
    const string Trainer = """
        #:property PublishAot=false
        using System.IO.Compression;
        const int Pixels = 64, Digits = 10, Epochs = 8;
        var (data, checkpoint, state, slow, folder) = (args[0], args[1], ulong.Parse(args[2]) + 1, args[3] == "slow", args[4]);
        using var file = new StreamReader(new GZipStream(File.OpenRead(data), CompressionMode.Decompress));
        var rows = file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => char.IsAsciiDigit(l[0]))
            .Select(l => l.Split(',').Select(float.Parse).ToArray()).ToArray();
        var (weights, first, kept) = (new float[Digits * Pixels], 0, Path.Combine(checkpoint, "state"));
        if (File.Exists(kept))
        {
            using var reader = new BinaryReader(File.OpenRead(kept));
            (first, state) = (reader.ReadInt32(), reader.ReadUInt64());
            for (var i = 0; i < weights.Length; i++)
                weights[i] = reader.ReadSingle();
        }
        Console.WriteLine($"begins after epoch {first}");
        for (var epoch = first + 1; epoch <= Epochs; epoch++)
        {
            for (var n = 0; n < rows.Length; n++)
            {
                state ^= state << 13; state ^= state >> 7; state ^= state << 17;
                Learn(rows[state % (ulong)rows.Length]);
            }
            using (var writer = new BinaryWriter(File.Create(kept + ".new")))
            {
                writer.Write(epoch);
                writer.Write(state);
                Array.ForEach(weights, writer.Write);
            }
            File.Move(kept + ".new", kept, overwrite: true);
            Console.WriteLine($"epoch {epoch}");
            if (slow && epoch is 3 or 6 && slow && !File.Exists(Path.Combine(checkpoint, $"once{epoch}")))
            {
                File.WriteAllText(Path.Combine(checkpoint, $"once{epoch}"), "");
                Thread.Sleep(300_000);
            }
        }
        using var model = new BinaryWriter(File.Create(Path.Combine(folder, "model.bin")));
        Array.ForEach(weights, model.Write);

        void Learn(float[] row)
        {
            var scores = Enumerable.Range(0, Digits)
                .Select(d => Enumerable.Range(0, Pixels).Sum(p => weights[d * Pixels + p] * row[p])).ToArray();
            var odds = scores.Select(s => MathF.Exp(s - scores.Max())).ToArray();
            for (var d = 0; d < Digits; d++)
                for (var p = 0; p < Pixels; p++)
                    weights[d * Pixels + p] -= 0.001f * (odds[d] / odds.Sum() - (row[Pixels] == d ? 1 : 0)) * row[p];
        }
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

        End(signal, "once");
        var output = Succeed("build", "slow.lnproj", "-tl:off", "-p:LightnixLinkDir=slow");

        Assert.Contains("try 2 goes on from its checkpoint", output.ToString(), StringComparison.Ordinal);
        Succeed("build", "whole.lnproj", "-tl:off", "-p:LightnixLinkDir=whole");
        Assert.Equal(Read("whole/model/model.txt"), Read("slow/model/model.txt"));
        Assert.Empty(Directory.GetFileSystemEntries(PathOf("store", "checkpoints")));
        Assert.Empty(Directory.GetFileSystemEntries(PathOf("store", "work")));
    }

    [Fact]
    public void Of_digits_gives_the_bytes_of_one_that_was_not_however_often_it_was_ended()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Write("train.cs", Trainer);
        File.Copy(RepositoryRoot.File("samples/digits/data/digits.csv.gz"), PathOf("digits.csv.gz"));
        foreach (var pace in new[] { "slow", "whole" })
            Write($"{pace}.lnproj", ProjectCreator.Lightnix()
                .Item("Stage", "digits", ("Path", "digits.csv.gz")).Promise("digits", "digits.csv.gz")
                .Item("Stage", "model", ("Checkpoint", "true"), ("Script", "train.cs"),
                    ("Arguments", $"@{{digits/digits.csv.gz}} @{{checkpoint}} @{{seed}} {pace} @{{out}}"))
                .Promise("model", "model.bin"));

        End("KILL", "once3");
        End("INT", "once6");
        var output = Succeed("build", "slow.lnproj", "-tl:off", "-p:LightnixLinkDir=slow");

        Assert.Contains("try 3 goes on from its checkpoint", output.ToString(), StringComparison.Ordinal);
        Succeed("build", "whole.lnproj", "-tl:off", "-p:LightnixLinkDir=whole");
        var (ended, whole) = (File.ReadAllBytes(PathOf("slow/model/model.bin")), File.ReadAllBytes(PathOf("whole/model/model.bin")));
        Assert.True(whole.Length == 4 * 640 && whole.Any(b => b != 0));
        Assert.Equal(whole, ended);
    }

    void End(string signal, string marker)
    {
        using var build = Process.Start(StartInfo("build", "slow.lnproj", "-tl:off"))!;
        var output = build.StandardOutput.ReadToEndAsync();
        var error = build.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        while (!IsSlow(marker))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3) && !build.HasExited, "the training did not get on");
            Thread.Sleep(50);
        }
        using (var kill = Process.Start("kill", ["-s", signal, build.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        build.WaitForExit();
        Assert.True(build.ExitCode != 0, output.Result + error.Result);
    }

    bool IsSlow(string marker)
    {
        try
        {
            return Directory.EnumerateFiles(PathOf("store", "work"), marker, SearchOption.AllDirectories).Any();
        }
        catch (IOException)
        {
            // Not yet, or changed meanwhile.
            return false;
        }
    }
}
