using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Building;

[Trait("Speed", "Slow")]
public sealed class CSharpScriptStages : IDisposable
{
    readonly BuilderBench _bench = new();
    readonly Storage.LockStore _locks;

    public CSharpScriptStages() => _locks = Storage.Store.Open(Path.Combine(_bench.Root, "store")).Locks;

    public void Dispose() => _bench.Dispose();

    Task<BuildOutcome> Run(string path, params string[] words) => _bench.Script("dotnet", path, words);

    string[] Compiled => Directory.GetFiles(_bench.Cache, "done", SearchOption.AllDirectories);

    [LinuxFact]
    public async Task Are_compiled_once_and_run_in_the_working_folder()
    {
        _bench.Write("tools/split it.cs", """
            using System.Runtime.CompilerServices;
            using System.Text.Json;
            File.WriteAllText("out/a", JsonSerializer.Serialize(new { args }));
            Console.WriteLine(AppContext.GetData("EntryPointFilePath")
                + " " + AppContext.GetData("EntryPointFileDirectoryPath") + " " + Here());
            static string Here([CallerFilePath] string file = "") => file;
            """);
        Assert.IsType<BuildOutcome.Completed>(await Run("tools/split it.cs", "a b", "$x", "'\""));
        Assert.Equal("""{"args":["a b","$x","\u0027\u0022"]}""", await File.ReadAllTextAsync(Path.Combine(_bench.Out, "a")));
        Assert.Equal("tools/split it.cs tools ./tools/split it.cs\n", _bench.Log);
        var done = Assert.Single(Compiled);
        var time = File.GetLastWriteTimeUtc(done);
        Assert.IsType<BuildOutcome.Completed>(await Run("tools/split it.cs"));
        Assert.Equal([done], Compiled);
        Assert.Equal(time, File.GetLastWriteTimeUtc(done));
    }

    [LinuxFact]
    public async Task Four_at_once_compile_once_and_all_run()
    {
        _bench.Write("x.cs", "File.WriteAllText(\"out/\" + args[0], args[0]);");
        // Four builders share nothing but the folder: four processes would do the same.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(i => Task.Run(() => new Builders(new(_bench.Cache) { Take = _locks.AcquireAsync }).Processes.RunAsync(
            new()
            {
                Recipe = new()
                {
                    Invocation = new Invocation.Script("dotnet", RelativePath.Parse("x.cs"), [$"{i}"]),
                    Environment =
                    ImmutableSortedDictionary<string, string>.Empty
                },
                WorkingFolder = _bench.Folder,
                LogFile = $"{_bench.LogFile}{i}",
            },
            CancellationToken.None))));
        Assert.All(outcomes, o => Assert.IsType<BuildOutcome.Completed>(o));
        Assert.Equal(4, Directory.GetFiles(_bench.Out).Length);
        Assert.Single(Compiled);
    }

    [LinuxFact]
    public async Task Compile_errors_are_reported_at_the_line_of_the_script()
    {
        _bench.Write("tools/bad.cs", "\nvar x = 1\n");
        Assert.Equal(new BuildOutcome.Failed(null, "the C# script does not compile"), await Run("tools/bad.cs"));
        Assert.StartsWith("tools/bad.cs(2,10): error CS1002: ; expected", _bench.Log, StringComparison.Ordinal);
        Assert.Empty(Compiled);
    }

    [LinuxFact]
    public async Task Failures_name_the_line_of_the_script()
    {
        _bench.Write("x.cs", "\nthrow new InvalidOperationException(\"oh\");");
        var failed = Assert.IsType<BuildOutcome.Failed>(await Run("x.cs"));
        Assert.Equal(134, failed.ExitCode);
        Assert.Contains("./x.cs:line 2", _bench.Log, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Inherit_nothing_from_the_folders_above_or_the_calling_build()
    {
        await File.WriteAllTextAsync(Path.Combine(_bench.Root, "Directory.Build.props"),
            "<Project><Import Project=\"nosuch\" /></Project>");
        await File.WriteAllTextAsync(Path.Combine(_bench.Root, "Directory.Build.targets"),
            "<Project><Import Project=\"nosuch\" /></Project>");
        await File.WriteAllTextAsync(Path.Combine(_bench.Root, "Directory.Packages.props"),
            "<Project><Import Project=\"nosuch\" /></Project>");
        await File.WriteAllTextAsync(Path.Combine(_bench.Root, "Directory.Build.rsp"), "-nosuchswitch");
        await File.WriteAllTextAsync(Path.Combine(_bench.Root, "global.json"),
            """{ "sdk": { "version": "1.0.0", "rollForward": "disable" } }""");
        await File.WriteAllTextAsync(Path.Combine(_bench.Root, ".editorconfig"), "[*.cs]\ndotnet_diagnostic.CS0219.severity = error\n");
        _bench.Write("x.cs", "var unused = 1; Console.WriteLine(\"fine\");");
        var caller = BuilderEnvironment.OfThisProcess().SetItem("MSBuildSDKsPath", "/nosuch")
            .SetItem("MSBUILD_EXE_PATH", "/nosuch/MSBuild.dll").SetItem("MSBuildExtensionsPath", "/nosuch/")
            .SetItem("MSBuildLoadMicrosoftTargetsReadOnly", "true").SetItem("OutputPath", "/nosuch").SetItem("Configuration", "Strange");
        var outcome = await _bench.RunBy(new Builders(new(_bench.Cache) { Environment = caller }));
        Assert.Equal("fine\n", _bench.Log);
        Assert.IsType<BuildOutcome.Completed>(outcome);
    }

    [LinuxFact]
    public async Task May_use_packages()
    {
        _bench.Write("x.cs", "#:package CsvHelper@34.0.0\nConsole.WriteLine(typeof(CsvHelper.CsvReader).Assembly.GetName().Name);");
        Assert.IsType<BuildOutcome.Completed>(await Run("x.cs"));
        Assert.Equal("CsvHelper\n", _bench.Log);
    }

    [LinuxFact]
    public async Task May_include_other_sources_of_their_stage()
    {
        _bench.Write("x.cs", "#:include lib/*.cs\nConsole.WriteLine(Lib.Text);");
        _bench.Write("lib/lib.cs", "static class Lib { public static string Text => \"one\"; }");
        _bench.Write("in/data/never.cs", "not code");
        Assert.IsType<BuildOutcome.Completed>(await Run("x.cs"));
        _bench.Write("lib/lib.cs", "static class Lib { public static string Text => \"two\"; }");
        Assert.IsType<BuildOutcome.Completed>(await Run("x.cs"));
        Assert.Equal("one\ntwo\n", _bench.Log);
    }

    [LinuxFact]
    public async Task Find_packages_in_the_feeds_of_the_project()
    {
        var project = Directory.CreateDirectory(Path.Combine(_bench.Root, "pro ject, 100%", "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "..", "nuget.config"),
            "<configuration><packageSources><clear /><add key=\"mine\" value=\"feed-of-mine\" /></packageSources></configuration>");
        _bench.Write("x.cs", "#:package NoSuchPackage.AnywhereAtAll@1.0.0\n");
        var builders = new Builders(new(_bench.Cache) { ProjectFolder = project });
        await _bench.RunBy(builders);
        Assert.Contains(Path.GetDirectoryName(project) + "/feed-of-mine", _bench.Log, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Are_compiled_in_folders_of_any_name()
    {
        _bench.Write("x.cs",
            "using System.Runtime.CompilerServices; Console.WriteLine(Here()); static string Here([CallerFilePath] string file = \"\") => "
            + "file;");
        var outcome = await _bench.RunBy(new Builders(new(Path.Combine(_bench.Root, "c'a=h, é "))));
        Assert.Equal("./x.cs\n", _bench.Log);
        Assert.IsType<BuildOutcome.Completed>(outcome);
    }

    [LinuxTheory]
    [InlineData("a;b", ";")]
    [InlineData("a%41b", "%41")]
    [InlineData("a$(b)", "$(")]
    public async Task Name_what_MSBuild_does_not_bear_in_the_path_of_a_store(string folder, string part)
    {
        _bench.Write("x.cs", "Console.WriteLine(1);");
        var cache = Path.Combine(_bench.Root, folder);
        using var builders = new Builders(new(cache));
        var outcome = await _bench.RunBy(builders);
        Assert.StartsWith($"'{Path.Combine(cache, "scripts")}' has '{part}' in its path", outcome.Reason, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Wait_for_the_one_who_compiles_and_say_so()
    {
        _bench.Write("x.cs", "Console.WriteLine(1);");
        var said = new List<string>();
        // Somebody in another process, as its lock shows him.
        TakeLock take = async (name, purpose, waiting, cancellationToken) =>
        {
            var held = await _locks.AcquireAsync(name, "x.cs, process 4711 on elsewhere", _ => { }, cancellationToken);
            _ = Task.Delay(300, cancellationToken).ContinueWith(_ => held.Dispose(), TaskScheduler.Default);
            return await _locks.AcquireAsync(name, purpose, waiting, cancellationToken);
        };
        using var builders = new Builders(new(_bench.Cache) { Take = take });
        Assert.IsType<BuildOutcome.Completed>(await _bench.RunBy(builders, said.Add));
        Assert.Equal(["x.cs, process 4711 on elsewhere"], said);
    }

    [LinuxFact]
    public async Task What_a_killed_compilation_left_is_made_again()
    {
        _bench.Write("x.cs", "Console.WriteLine(1);");
        await Run("x.cs");
        File.Delete(Assert.Single(Compiled));
        Assert.IsType<BuildOutcome.Completed>(await Run("x.cs"));
        Assert.Equal("1\n1\n", _bench.Log);
    }

    [LinuxFact]
    public async Task Cancelled_while_compiling_leave_no_process()
    {
        _bench.Write("x.cs", "Console.WriteLine(1);");
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(700));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _bench.Run(new Invocation.Script("dotnet", RelativePath.Parse("x.cs"), []), cancel.Token));
        Assert.Empty(_bench.Alive());
        Assert.IsType<BuildOutcome.Completed>(await Run("x.cs"));
    }
}
