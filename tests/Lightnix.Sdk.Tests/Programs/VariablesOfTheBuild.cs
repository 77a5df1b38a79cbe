using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lightnix.Sdk;

/// <summary>Environment variables whose names MSBuild takes for properties of a program, of its library, and of a C# script.</summary>
public sealed partial class VariablesOfTheBuild(VariablesOfTheBuild.Builds builds) : IClassFixture<VariablesOfTheBuild.Builds>
{
    [Fact]
    public void Change_neither_a_program_nor_its_library() => Assert.All([builds.Usual, builds.Every, builds.Graph], build =>
        Assert.True(build.Says("2 stages: all reused, nothing to run"), build.ToString()));

    [Fact]
    public void Change_no_script() => Assert.Equal("plain 1.0.0.0", builds.Script);

    [Fact]
    public void Reach_a_program_whose_own_project_reads_them() =>
        Assert.True(builds.Own.Ran("p") && builds.Flagged == "flag 1", builds.Own.ToString());

    /// <summary>
    /// An SDK that reads a new property makes this test fail: then the name belongs into the list, or into the exceptions below.
    /// </summary>
    [Fact]
    public void Are_undone_for_each_property_that_the_files_of_the_sdk_read()
    {
        var read = Directory.EnumerateFiles(SdkFolder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".props" or ".targets")
            .SelectMany(f => Read().Matches(File.ReadAllText(f)).Select(m => m.Groups["name"].Value))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(name => !Exception().IsMatch(name));
        Assert.Empty(read.Except(Builds.Undone, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Builds.Undone, Exception().IsMatch);
    }

    static string SdkFolder => Path.GetFullPath(
        Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "sdk",
        Builds.DotnetVersion));

    [GeneratedRegex(@"\$\(\s*(?<name>[A-Za-z][A-Za-z0-9_-]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Read();

    /// <summary>Names that restoring, finding files and starting processes need; names that MSBuild sets or reserves.</summary>
    [GeneratedRegex("""
        ^(MSBuild|DOTNET_|NuGet(?!PackageRoot$)|Restore|VSTest|VisualStudio|VS[A-Z]|Import|Custom(Before|After)|Using|Lightnix
        |NETCoreSdk|NetCoreRoot|NetCoreTargeting|BundledVersion|FrameworkSDK|Framework\d|Roslyn.*Path$|SDK\d\dToolsPath|PROCESSOR_
        |Program(Files|Data|W6432)|UseArtifacts|UseSharedCompilation$|AlternateCommonProps|DirectoryBuildPropsPath|Configuration$
        |BaseIntermediateOutputPath$|BaseOutputPath$|Artifacts(Path|ProjectName)$|IncludeProjectNameInArtifactsPaths$
        |(Target|Project|PropertyGroup|ItemGroup|UsingTask|Choose|When|Otherwise|Output|OnError|ProjectExtensions|VisualStudioProject)$
        |(System(Root|Drive)|windir|OS|HOME|PATH|TE?MP|TMPDIR|UserProfile|AppData|LocalAppData|ComSpec
        |USER(NAME|DOMAIN)?|CurrentDirectory)$)
        """, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Exception();

    public sealed class Builds : Playground
    {
        /// <summary>Of these, Lightnix itself asks the environment on purpose, or they say what a build is to do.</summary>
        static readonly HashSet<string> ToTheBuild = new(StringComparer.OrdinalIgnoreCase)
        {
            "NoBuild", "DesignTimeBuild", "SkipCompilerExecution", "BuildProjectReferences", "BuildingInsideVisualStudio",
                "BuildingProject", "PublishDir", "IsGraphBuild", "TargetFrameworks",
        };

        static readonly Dictionary<string, string> UsualOnes = new()
        {
            ["VERSION"] = "9.9.9",
            ["VersionSuffix"] = "beta",
            ["Company"] = "c",
            ["Product"] = "p",
            ["AssemblyVersion"] = "4.4.4.4",
            ["FileVersion"] = "5.5.5.5",
            ["InformationalVersion"] = "i",
            ["SourceRevisionId"] = "abc",
            ["DefineConstants"] = "FOO",
            ["Optimize"] = "false",
            ["LangVersion"] = "8",
            ["Nullable"] = "enable",
            ["AssemblyName"] = "evil",
            ["TargetName"] = "evil",
            ["OutputType"] = "Library",
            ["RuntimeIdentifier"] = "linux-arm64",
            ["SelfContained"] = "true",
            ["Deterministic"] = "false",
            ["ContinuousIntegrationBuild"] = "true",
            ["CI"] = "true",
            ["TF_BUILD"] = "True",
            ["PLATFORM"] = "x64",
            ["CONFIGURATION"] = "Debug",
            ["TargetFramework"] = "net8.0",
            ["OutDir"] = "elsewhere/",
            ["PathMap"] = "q",
            ["LIB"] = "/nosuch",
        };

        public Builds()
        {
            Write("lib/lib.csproj", ProjectCreator.CSharp());
            Write("lib/Text.cs", "public static class Text { public const string Value = \"1\"; }");
            Write("tool/tool.csproj", ProjectCreator.CSharp("Exe").Reference("../lib/lib.csproj").Property("FileVersion", "3.2.1")
                .Property("Description", "flag $(MY_FLAG)"));
            Write("tool/Program.cs", """
                var description = typeof(System.Reflection.AssemblyDescriptionAttribute);
                var found = System.Attribute.GetCustomAttribute(typeof(Program).Assembly, description);
                var said = (System.Reflection.AssemblyDescriptionAttribute)found;
                System.IO.File.WriteAllText(args[0], said.Description.TrimEnd() == "flag" ? Text.Value : said.Description);
                """);
            Write("data/s.cs", """
                #if FOO
                var text = "foo";
                #else
                var text = "plain";
                #endif
                File.WriteAllText(args[0] + "/o.txt", text + " " + typeof(Program).Assembly.GetName().Version);
                """);
            Write("data/data.lnproj", ProjectCreator.Lightnix()
                .Item("Stage", "p", ("Program", "../tool/tool.csproj"), ("Arguments", "@{out}/o.txt")).Promise("p", "o.txt")
                .Item("Stage", "s", ("Script", "s.cs"), ("Arguments", "@{out}")).Promise("s", "o.txt"));
            // The program was built without variables, and the script with them.
            Succeed("build", "data", "-tl:off", "-p:LightnixStages=p");
            Said = UsualOnes;
            Succeed("build", "data", "-tl:off", "-p:LightnixStages=s");
            Script = Read("data/bin/s/o.txt");
            Usual = Succeed("build", "data", "-tl:off");
            Graph = Succeed("build", "data", "-tl:off", "-graph", "-isolate", "--no-restore", "-p:Version=3.0.0");
            Said = Undone.Where(n => !ToTheBuild.Contains(n)).ToDictionary(n => n, _ => "evil");
            Every = Succeed("build", "data", "-tl:off");
            Said = new() { ["MY_FLAG"] = "1" };
            Own = Succeed("build", "data", "-tl:off");
            Flagged = Read("data/bin/p/o.txt");
        }

        public static string DotnetVersion { get; } = Version();

        public static IReadOnlyList<string> Undone { get; } = ReadUndone();

        static string[] ReadUndone()
        {
            using var package = ZipFile.OpenRead(Directory.GetFiles(World.Packages, "Lightnix.Sdk.*.nupkg").Single());
            using var names = package.GetEntry("Sdk/Lightnix.EnvironmentNames.targets")!.Open();
            return XDocument.Load(names).Descendants("_LightnixDotnetProperty").Single().Attribute("Include")!.Value
                .Split([';', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        }

        public string Script { get; }

        public BuildOutput Usual { get; }

        public BuildOutput Graph { get; }

        public BuildOutput Every { get; }

        public BuildOutput Own { get; }

        public string Flagged { get; }

        Dictionary<string, string> Said
        {
            set
            {
                Variables.Clear();
                foreach (var (name, text) in value)
                    Variables[name] = text;
            }
        }

        static string Version()
        {
            using var playground = new Playground();
            return playground.Succeed("--version").Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
        }
    }
}
