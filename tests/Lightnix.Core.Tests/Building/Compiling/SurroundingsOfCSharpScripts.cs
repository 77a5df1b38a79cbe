using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>
/// What a compilation of a C# script can find around it: variables, files of the stage, files above, and the user's home.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class SurroundingsOfCSharpScripts : IDisposable
{
    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [LinuxFact]
    public async Task Variables_of_the_build_and_missing_homes_change_nothing()
    {
        await File.WriteAllTextAsync(Path.Combine(_bench.Root, ".globalconfig"),
            "is_global = true\ndotnet_diagnostic.CS0219.severity = error\n");
        _bench.Write("x.cs", """
            var unused = 1;
            #if FOO
            Console.Write("foo ");
            #endif
            Console.WriteLine(typeof(Program).Assembly.GetName().Name + " " + typeof(Program).Assembly.GetName().Version);
            """);
        var caller = BuilderEnvironment.OfThisProcess()
            .SetItem("DefineConstants", "FOO").SetItem("VERSION", "9.9.9").SetItem("AssemblyName", "evil")
                .SetItem("CheckForOverflowUnderflow", "true")
            .SetItem("CustomBeforeMicrosoftCommonTargets", "/nosuch").SetItem("UseArtifactsOutput", "false").SetItem("MyOwn", "1")
            .SetItem("HOME", "/dev/null/home").Remove("DOTNET_CLI_HOME").Remove("XDG_DATA_HOME");
        Storage.Sh.Run("chmod 777 .", _bench.Root);
        var outcome = await Run(caller, "x.cs");
        Assert.Equal("777\n", Storage.Sh.Run("stat -c %a .", _bench.Root));
        Assert.Equal("x 1.0.0.0\n", _bench.Log);
        Assert.IsType<BuildOutcome.Completed>(outcome);
    }

    [LinuxFact]
    public async Task A_project_is_compiled_with_all_its_files_and_again_when_one_changes()
    {
        _bench.Write("x.cs", "\ufeff#:project lib/lib.csproj\nConsole.WriteLine(Lib.Words.All);");
        _bench.Write("Directory.Build.props", "<Project><PropertyGroup><Product>stage</Product></PropertyGroup></Project>");
        _bench.Write("global.json", """{ "sdk": { "version": "1.0.0", "rollForward": "disable" } }""");
        _bench.Write("lib/lib.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><EmbeddedResource Include="words/*.txt" /><EmbeddedResource Include="words/.hidden" /></ItemGroup>
            </Project>
            """);
        _bench.Write("lib/Words.cs", """
            namespace Lib;
            public static class Words
            {
                public static string All => string.Join(' ', typeof(Words).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal)
                    .Select(n => new StreamReader(typeof(Words).Assembly.GetManifestResourceStream(n)!).ReadToEnd()));
            }
            """);
        _bench.Write("lib/words/red.txt", "red");
        _bench.Write("lib/words/.hidden", "hidden");
        _bench.Write("in/other/never.cs", "not code");
        Assert.IsType<BuildOutcome.Completed>(await Run(BuilderEnvironment.OfThisProcess(), "x.cs"));
        _bench.Write("lib/words/red.txt", "blue");
        Assert.IsType<BuildOutcome.Completed>(await Run(BuilderEnvironment.OfThisProcess(), "x.cs"));
        Assert.Equal("hidden red\nhidden blue\n", _bench.Log);
    }

    [LinuxFact]
    public async Task Response_files_among_the_sources_are_not_read()
    {
        var foreign = Path.Combine(_bench.Root, "foreign.targets");
        await File.WriteAllTextAsync(foreign, "<Project><Import Project=\"nosuch\" /></Project>");
        _bench.Write("tools/x.cs", "#:property A=B\nConsole.WriteLine(typeof(Program).Assembly.GetName().Version);");
        foreach (var name in new[] { "Directory.Build.rsp", "tools/Directory.Build.rsp", "MSBuild.rsp", "tools/MSBuild.rsp" })
            _bench.Write(name, $"-p:CustomAfterMicrosoftCommonTargets={foreign}\n-p:Version=9.9.9\n");
        await Run(BuilderEnvironment.OfThisProcess(), "tools/x.cs");
        Assert.Equal("1.0.0.0\n", _bench.Log);
        // Whether .NET would have read them depends on how it compiles: they are not there.
        var copy = Directory.CreateDirectory(Path.Combine(_bench.Root, "copy")).FullName;
        ScriptSources.Read(_bench.Folder, RelativePath.Parse("tools/x.cs"), hasCheckpoint: false).CopyTo(copy);
        Assert.Equal(["x.cs"], Directory.GetFiles(copy, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("#:package A@1.0.0\nConsole.WriteLine(1);", "data.csv", false)]
    [InlineData("Console.WriteLine(\"#:project\");", "lib/lib.resx", false)]
    [InlineData("#:project lib/lib.csproj", "lib/lib.fs", true)]
    [InlineData("\ufeff#:project lib/lib.csproj", "lib/packages.lock.json", true)]
    [InlineData("#!/usr/bin/env dotnet\r  #:include lib/*.cs", "lib/a.cs", true)]
    [InlineData("#:property AdditionalFileItemNames=data", "data.json", true)]
    [InlineData("#:sdk Microsoft.NET.Sdk.Web", "page.razor", true)]
    [InlineData("Console.WriteLine(1);", "Directory.Build.targets", true)]
    [InlineData("Console.WriteLine(1);", ".editorconfig", true)]
    public void What_a_compilation_may_read_is_part_of_the_key(string script, string source, bool isPart)
    {
        _bench.Write("x.cs", script);
        _bench.Write(source, "1");
        var before = Key();
        _bench.Write(source, "2");
        Assert.Equal(isPart, before != Key());
        _bench.Write("in/stage/x.cs", "1");
        _bench.Write(".tmp/x.cs", "1");
        _bench.Write("out/x.cs", "1");
        Assert.Equal(Key(), Key());

        string Key() => ScriptSources.Read(_bench.Folder, RelativePath.Parse("x.cs"), hasCheckpoint: false)
            .Keys("sdk", Derivation.NoTexts).Key.ToString();
    }

    [Fact]
    public void Only_variables_that_restoring_needs_reach_the_compiler()
    {
        var project = Directory.CreateDirectory(Path.Combine(_bench.Root, "repo", "data")).FullName;
        File.WriteAllText(Path.Combine(project, "..", "NuGet.Config"),
            "<configuration><add key=\"ClearTextPassword\" value=\"%FEED_TOKEN%\" /></configuration>");
        string[] needed = ["PATH", "HOME", "https_proxy", "NO_PROXY", "SSL_CERT_FILE", "DOTNET_ROOT", "NUGET_PACKAGES",
            "NuGetPackageSourceCredentials_mine", "VSS_NUGET_EXTERNAL_FEED_ENDPOINTS", "FEED_TOKEN"];
        string[] foreign = ["DefineConstants", "Version", "MSBUILDDEBUGENGINE", "MSBuildSDKsPath", "VSTEST_X", "DOTNET_HOST_PATH",
            "DOTNET_STARTUP_HOOKS", "LIB", "CI", "MY_FLAG", "LC_ALL", "TZ"];
        var made = CompilerEnvironment.Make(needed.Concat(foreign).ToDictionary(n => n, _ => "given"), project);
        Assert.All(needed, name => Assert.Equal("given", made[name]));
        Assert.DoesNotContain(made, v => v.Value == "given" && foreign.Contains(v.Key));
    }

    [LinuxFact]
    public async Task A_variable_that_a_nuget_config_quotes_changes_no_other_build()
    {
        var quoting = Directory.CreateDirectory(Path.Combine(_bench.Root, "quoting")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(quoting, "nuget.config"),
                """<configuration><config><add key="note" value="%DefineConstants%" /></config></configuration>""");
        _bench.Write("x.cs", "#if FOO\nConsole.WriteLine(\"foo\");\n#else\nConsole.WriteLine(\"plain\");\n#endif");
        var foo = BuilderEnvironment.OfThisProcess().SetItem("DefineConstants", "FOO");
        Assert.IsType<BuildOutcome.Completed>(await Run(foo, "x.cs", quoting));
        Assert.IsType<BuildOutcome.Completed>(await Run(foo, "x.cs"));
        Assert.IsType<BuildOutcome.Completed>(await Run(foo.Remove("DefineConstants"), "x.cs", quoting));
        Assert.EndsWith("plain\nplain\n", _bench.Log, StringComparison.Ordinal);
    }

    async Task<BuildOutcome> Run(ImmutableSortedDictionary<string, string> caller, string script, string? projectFolder = null)
    {
        using var builders = new Builders(new(_bench.Cache) { Environment = caller, ProjectFolder = projectFolder });
        return await builders.Processes.RunAsync(
            new()
            {
                Recipe = new()
                {
                    Invocation = new Invocation.Script("dotnet", RelativePath.Parse(script), []),
                    Environment =
                _bench.Declared
                },
                WorkingFolder = _bench.Folder,
                LogFile = _bench.LogFile
            },
            CancellationToken.None);
    }
}
