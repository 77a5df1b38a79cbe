using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Lightnix.Sdk;

/// <summary>A program whose folder has the output of another build, with other properties and other files.</summary>
public sealed partial class ProgramsThatWereBuiltBefore : Playground
{
    [Fact]
    public void Are_the_same_as_in_a_clean_clone()
    {
        Write("P/P.cs", "System.Console.WriteLine(1);");
        Write("P/old/a.txt", "1");
        Write("P/P.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
              <Optimize Condition="'$(MY_FLAG)' != ''">false</Optimize></PropertyGroup>
              <ItemGroup><None Include="old/*.txt;new/*.txt" CopyToOutputDirectory="PreserveNewest" /></ItemGroup>
            </Project>
            """);
        Write("data.lnproj",
            """<Project Sdk="Lightnix.Sdk/1.0.0"><ItemGroup><Stage Include="s" Program="P/P.csproj" /></ItemGroup></Project>""");
        Succeed("restore", "data.lnproj");
        var clean = Hash();
        var unoptimized = Hash("-p:Optimize=false");
        var again = Hash();
        Variables["MY_FLAG"] = "1";
        var flagged = Hash();
        Variables.Remove("MY_FLAG");
        Assert.Equal((clean, unoptimized), (again, flagged));
        Assert.NotEqual(clean, unoptimized);
        Assert.Equal(clean, Hash("-p:Platform=x64", "-p:Company=c", "-p:AssemblyTitle=t", "-p:NeutralLanguage=de"));

        Directory.CreateDirectory(PathOf("P", "new"));
        File.Move(PathOf("P", "old", "a.txt"), PathOf("P", "new", "a.txt"));
        var moved = Hash();
        Directory.Delete(PathOf("P", "bin"), recursive: true);
        Assert.Equal(Hash(), moved);
        Assert.NotEqual(clean, moved);
    }

    /// <summary>
    /// An SDK whose compilers are given a new property makes this test fail: then the name belongs into Lightnix.Program.targets, or into
    /// the exceptions below.
    /// </summary>
    [Fact]
    public void Are_compiled_again_for_each_property_that_compilers_are_given()
    {
        var sdk = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
            "sdk", Dotnet("--version").Text.Split('\n').Select(l => l.Trim()).Last(l => l.Length > 0 && char.IsAsciiDigit(l[0]))));
        string[] files =
            ["Roslyn/Microsoft.CSharp.Core.targets", "Roslyn/Microsoft.VisualBasic.Core.targets", "FSharp/Microsoft.FSharp.Targets"];
        var given = files.SelectMany(f => Compiler().Matches(File.ReadAllText(Path.Combine(sdk, f))))
            .SelectMany(m => Property().Matches(m.Value)).Select(m => m.Groups["name"].Value).ToHashSet();
        using var package = ZipFile.OpenRead(Directory.GetFiles(World.Packages, "Lightnix.Sdk.*.nupkg").Single());
        using var targets = new StreamReader(package.GetEntry("Sdk/Lightnix.Program.targets")!.Open());
        var counted = targets.ReadToEnd();
        Assert.True(given.Count > 50);
        Assert.DoesNotContain(given, name => !Exception().IsMatch(name) && !counted.Contains($"$({name})", StringComparison.Ordinal));
    }

    string Hash(params string[] more) =>
        Succeed(["msbuild", "data.lnproj", "-t:LightnixHash", "-getProperty:LightnixClosureHash", .. more]).Text.Split('\n')
            .Select(l => l.Trim()).Single(l => l.Length == 64);

    [GeneratedRegex("<(Csc|Vbc|Fsc) [^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Compiler();

    [GeneratedRegex(@"\$\((?<name>\w+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Property();

    /// <summary>Where the compiler is, how it reports, and what it is said to write besides.</summary>
    [GeneratedRegex("""
        ^(.*Tool(Exe|Path)|.*CompilerPath|.*Environment|DocumentationFile|GenerateDocumentation|PdbFile
        |.*Warn(ings?(Level|AsErrors|NotAsErrors)?|On)?|TreatWarningsAsErrors|WarningsNotAsErrors
        |Error(EndLocation|Log|Report)|Report.*|NoLogo|PreferredUILang|LCID|Utf8Output|VsSessionGuid|VisualStudioStyleErrors
        |VbcVerbosity|GenerateFullPaths
        |UseHostCompilerIfAvailable|UseSharedCompilation|SharedCompilationId|ProvideCommandLineArgs
        |SkipCompilerExecution|_SkipAnalyzers|_NoWarnings|ParallelCompilation
        |ResolvedCodeAnalysisRuleSet|CompilerGeneratedFilesOutputPath|GenerateInterfaceFile
        |MSBuildProjectName|ReferencePathWithRefAssemblies)$
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Exception();
}
