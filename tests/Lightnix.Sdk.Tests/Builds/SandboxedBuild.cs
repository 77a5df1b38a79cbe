namespace Lightnix.Sdk;

/// <summary>A stage that reads a file which it does not declare, in a sandbox and without.</summary>
public sealed class SandboxedBuild : Playground
{
    [Fact]
    public void Undeclared_file_is_not_there_and_nothing_is_hashed_of_that()
    {
        Write("data.lnproj", $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="copy" Command="cat {{PathOf("undeclared.txt")}} > @{out}/n" />
                <Promise Include="n" Stage="copy" />
                <Stage Include="mute" Script="undeclared.txt" Interpreter="no-such-program" />
                <Stage Include="zeros" Command="head -c 1000000 /dev/zero > @{out}/z" />
                <Promise Include="z" Stage="zeros" />
                <Stage Include="sums"
                      Command="wc -c @{zeros/z} > @{out}/s; grep -c ' /stage/in/zeros/z ro,' /proc/self/mountinfo >> @{out}/s" />
                <Promise Include="s" Stage="sums" />
              </ItemGroup>
            </Project>
            """);
        Write("undeclared.txt", "7");

        var first = Dotnet("build", "data.lnproj", "-tl:off", "-p:LightnixSandbox=Auto");
        if (first.Says("no sandbox: "))
        {
            Assert.Contains(Fail("build", "data.lnproj", "-tl:off", "-p:LightnixSandbox=Required").Diagnostics, d => d.Code == "LNX5002");
            return;
        }
        var refused = Assert.Single(first.Diagnostics,
            d => d.Text.Contains("<Source Include=\"undeclared.txt\" Stage=\"copy\" />", StringComparison.Ordinal));
        Assert.Equal("LNX2002", refused.Code);
        Assert.Contains(first.Diagnostics, d => d.Text.Contains("'no-such-program' is not on the path", StringComparison.Ordinal));
        Assert.True(first.Says("undeclared.txt: No such file or directory"), first.ToString());

        // What is large is not copied there.
        Assert.Equal("1000000 in/zeros/z\n1\n", Read("bin/sums/s"));
        var records = Directory.GetFiles(PathOf("store", "resolved"), "run.*.json", SearchOption.AllDirectories).Select(File.ReadAllText)
            .ToList();
        Assert.Equal(2, records.Count);
        Assert.All(records, r => Assert.Matches("\"programs\":\\{\"sh\":\"/.*\"sandbox\":\"bubblewrap ", r));

        var resolved = Directory.GetDirectories(PathOf("store", "resolved"));
        Succeed("build", "data.lnproj", "-tl:off", "-p:LightnixSandbox=None", "-p:LightnixStages=copy");
        Assert.Equal(resolved, Directory.GetDirectories(PathOf("store", "resolved")));
        Assert.Equal("7", Read("bin/copy/n"));
    }

    [Fact]
    public void Where_it_fails_is_reported_once_or_is_an_error_or_is_not_asked()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Write("bin/bwrap",
            $"#!/bin/sh\necho asked >> {PathOf("asked")}\necho 'bwrap: No permissions to create new namespace' >&2; exit 1\n");
        File.SetUnixFileMode(PathOf("bin/bwrap"), (UnixFileMode)0x1ED);
        Variables["PATH"] = $"{PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        Write("data/data.lnproj", $$"""
            <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
              <ItemGroup>
                <Stage Include="a" Command="echo 1 > @{out}/n" />
                <Stage Include="b" Command="echo 2 > @{out}/n" />
              </ItemGroup>
            </Project>
            """);

        var refused = Assert.Single(Fail("build", "data/data.lnproj", "-tl:off", "-p:LightnixSandbox=Required").Diagnostics,
            d => d.Code == "LNX5002");
        Assert.Contains("No permissions to create new namespace", refused.Text, StringComparison.Ordinal);
        File.Delete(PathOf("asked"));
        Succeed("build", "data/data.lnproj", "-tl:off", "-p:LightnixSandbox=None", "-p:LightnixStages=a");
        Assert.False(Has("asked"));
        var reported = Succeed("build", "data/data.lnproj", "-tl:off", "-p:LightnixSandbox=Auto");
        // In the last word; not for each stage, and not in each build.
        Assert.Equal(1, reported.Text.Split("no sandbox: ").Length - 1);
        Assert.False(Succeed("build", "data/data.lnproj", "-tl:off", "-t:LightnixRun", "-p:LightnixStages=b").Says("no sandbox: "));
        Assert.True(reported.Says("No permissions to create new namespace"), reported.ToString());
        Assert.Equal("2\n", Read("data/bin/b/n"));
    }
}
