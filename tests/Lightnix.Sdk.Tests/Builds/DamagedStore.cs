using System.Diagnostics;

namespace Lightnix.Sdk;

/// <summary>A result in the store is changed behind everybody's back, and the tool, installed as users do, mends it.</summary>
public sealed class DamagedStore : Playground
{
    [Fact]
    public void Is_said_and_not_used_and_repaired_by_the_installed_tool()
    {
        Write("data/data.lnproj", ProjectCreator.Lightnix()
            .Stage("numbers", $"seq 1000 > @{{out}}/all; echo x >> {PathOf("ran")}", "all")
            .Stage("sum", $"wc -l < @{{numbers/all}} > @{{out}}/n; echo x >> {PathOf("ran")}", "n"));
        Succeed("build", "data/data.lnproj", "-tl:off");
        var all = Directory.GetFiles(PathOf("store", "trees"), "all", SearchOption.AllDirectories).Single();
        var time = File.GetLastWriteTimeUtc(all);

        Damage(all, time);
        var full = Fail("build", "data/data.lnproj", "-tl:off", "-p:LightnixVerify=true");
        Assert.Contains(full.Diagnostics,
            d => d is { Kind: "error", Code: "LNX3001", Place: "data.lnproj(3,5)" }
            && d.Text.Contains("/all' has the SHA-256", StringComparison.Ordinal));
        Assert.False(Has("data/bin/numbers"), "what is damaged is not shown");

        // Without it, a look is enough for what did not take the pains to hide.
        File.SetLastWriteTimeUtc(all, time.AddSeconds(2));
        Assert.Contains(Fail("build", "data/data.lnproj", "-tl:off").Diagnostics,
            d => d is { Kind: "error", Code: "LNX3001" } && d.Text.Contains("lightnix verify --repair", StringComparison.Ordinal));
        Assert.Equal(2, Lines("ran"));

        Succeed("tool", "install", "Lightnix.Cli", "--tool-path", PathOf("tools"));
        Assert.Equal(1, Lightnix("verify"));
        Assert.Equal(0, Lightnix("verify", "--repair"));
        Assert.Equal(0, Lightnix("verify"));

        // What was exchanged had an intact copy in files/: nothing runs again.
        Succeed("build", "data/data.lnproj", "-tl:off", "-p:LightnixVerify=true");
        Assert.Equal(2, Lines("ran"));
        Assert.Equal("1000\n", Read("data/bin/sum/n"));
    }

    static void Damage(string file, DateTime time)
    {
        using var process = Process.Start("sh", ["-euc",
            "chmod u+w \"$0\"; sed -i.old s/^500$/600/ \"$0\"; rm -f \"$0.old\"; chmod 444 \"$0\"; touch -d 2000-01-01T00:00:00Z "
            + "\"$(dirname \"$0\")\"", file]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        File.SetLastWriteTimeUtc(file, time);
    }

    int Lightnix(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(PathOf("tools", "lightnix"),
            [.. arguments, "--store", Store])
        { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
