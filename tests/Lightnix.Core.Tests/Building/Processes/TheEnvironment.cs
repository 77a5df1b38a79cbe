namespace Lightnix.Building;

public sealed class TheEnvironment : IDisposable
{
    static readonly ImmutableSortedDictionary<string, string> Caller =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
        .Add("PATH", "/usr/local/bin:/usr/bin:/bin").Add("SECRET", "s3").Add("LANG", "de_DE").Add("HOME", "/root")
            .Add("MSBuildSDKsPath", "/x").Add("DOTNET_ROOT", "/wrong");

    readonly BuilderBench _bench = new();

    public TheEnvironment() => Bench = new() { Builders = new(new(_bench.Cache) { Environment = Caller }) };

    BuilderBench Bench { get; }

    public void Dispose()
    {
        Bench.Dispose();
        _bench.Dispose();
    }

    async Task<SortedDictionary<string, string>> Env()
    {
        Bench.Write("empty", "");
        // `env` itself, without a shell that adds its own (PWD, _).
        Assert.IsType<BuildOutcome.Completed>(await Bench.Script("env -u NOTHING env", "FILE=1"));
        return new(Bench.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l != "FILE=1")
            .ToDictionary(l => l.Split('=', 2)[0], l => l.Split('=', 2)[1]), StringComparer.Ordinal);
    }

    [LinuxFact]
    public async Task Is_exactly_the_documented_set()
    {
        var env = await Env();
        var root = env["DOTNET_ROOT"];
        Assert.True(Directory.Exists(Path.Combine(root, "shared")));
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
                ["HOME"] = Bench.Folder + "/.home",
                ["TMPDIR"] = Bench.Folder + "/.tmp",
                ["TMP"] = Bench.Folder + "/.tmp",
                ["TEMP"] = Bench.Folder + "/.tmp",
                ["LANG"] = "C.UTF-8",
                ["LC_ALL"] = "C.UTF-8",
                ["TZ"] = "UTC",
                ["DOTNET_ROOT"] = root,
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_NOLOGO"] = "1",
            },
            env);
        Assert.Equal(BuilderEnvironment.Names.Order(StringComparer.Ordinal), env.Keys);
    }

    [LinuxFact]
    public async Task Passed_variables_that_are_not_UTF8_are_refused()
    {
        // As .NET reads the byte E9.
        using var bench =
            new BuilderBench { Builders = new(new(_bench.Cache) { Environment = Caller.Add("FOO", "caf\uFFFD") }), Passed = ["FOO"] };
        Assert.Contains("the variable 'FOO', which PassEnvironment names, has bytes that are not UTF-8", (await bench.Sh("true")).Reason,
            StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Home_and_temporary_folder_are_there() =>
        Assert.IsType<BuildOutcome.Completed>(await Bench.Sh("cd; touch a; cd \"$TMPDIR\"; touch a"));

    [LinuxFact]
    public async Task What_is_declared_and_passed_comes_through()
    {
        Bench.Declared = Bench.Declared.Add("A", "1 ' \" $x\n2").Add("TZ", "Europe/Berlin").Add("LIGHTNIX_SEED", "7");
        Bench.Passed = ["SECRET", "LANG", "NOT_SET"];
        Assert.IsType<BuildOutcome.Completed>(await Bench.Sh("printf '%s|' \"$A\" \"$TZ\" $LIGHTNIX_SEED $SECRET $LANG ${NOT_SET-unset}"));
        Assert.Equal("1 ' \" $x\n2|Europe/Berlin|7|s3|de_DE|unset|", Bench.Log);
    }

    [LinuxFact]
    public async Task Declared_wins_over_passed()
    {
        Bench.Declared = Bench.Declared.Add("SECRET", "mine");
        Bench.Passed = ["SECRET"];
        Assert.Equal("mine", (await Env())["SECRET"]);
    }

    [LinuxFact]
    public async Task Programs_are_found_on_the_declared_path()
    {
        Bench.WriteProgram("bin/mytool", "#!/bin/sh\necho mine $1\n");
        Bench.Declared = Bench.Declared.Add("PATH", Bench.Folder + "/bin");
        Assert.IsType<BuildOutcome.Completed>(await Bench.Script("mytool", "x"));
        Assert.Equal("mine x\n", Bench.Log);
    }

    [LinuxFact]
    public async Task No_descriptor_but_the_three_is_open()
    {
        Assert.IsType<BuildOutcome.Completed>(await Bench.Sh("ls /proc/self/fd"));
        // The fourth is of `ls` itself, reading that folder.
        Assert.Equal("0\n1\n2\n3\n", Bench.Log);
    }
}
