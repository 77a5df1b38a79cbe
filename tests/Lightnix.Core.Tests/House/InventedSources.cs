namespace Lightnix.House;

/// <summary>The rules find what they are there to find, and nothing else.</summary>
public sealed class InventedSources
{
    [Theory]
    [InlineData("Model", "var t = File.ReadAllText(p);", "File")]
    [InlineData("Model", "var t = System.IO.File.ReadAllText(p);", "File")]
    [InlineData("Hashing", "using static System.IO.Directory;", "Directory")]
    [InlineData("Promises", "using var s = new FileStream(p, FileMode.Open);", "FileStream")]
    [InlineData("Matching", "var now = DateTime.UtcNow;", "DateTime.UtcNow")]
    [InlineData("Matching", "var t = $\"{(x ? \"a\" : $\"{DateTime.Now}\")}\";", "DateTime.Now/Today")]
    [InlineData("Realizing", "var t = $\"\"\"made {DateTimeOffset.UtcNow:O}\"\"\";", "DateTimeOffset.UtcNow")]
    [InlineData("Realizing", "var t = $$\"\"\"{made} {{DateTimeOffset.UtcNow:O}}\"\"\";", "DateTimeOffset.UtcNow")]
    [InlineData("Realizing", "var clock = TimeProvider.System;", "TimeProvider.System")]
    [InlineData("Realizing", "File.Delete(p);", "File")]
    [InlineData("Storage", "using var p = Process.Start(\"sh\");", "Process")]
    [InlineData("Storage", "using System.Net.Http;", "System.Net")]
    [InlineData("Storage", "var p = Path.GetFullPath(folder);",
        "Path.GetFullPath(path), which starts at the current directory: pass the folder that it starts at")]
    [InlineData("Building", "Console.WriteLine(1);", "Console")]
    [InlineData("Building", "var d = Environment.CurrentDirectory;", "Environment.CurrentDirectory")]
    [InlineData("Planning", "var v = Environment.GetEnvironmentVariable(\"X\");", "Environment")]
    [InlineData("Planning", "var seen = new HashSet<string>();", "HashSet")]
    [InlineData("Model", "var map = all.ToDictionary(a => a.Name);", "ToDictionary")]
    [InlineData("Model", "using Newtonsoft.Json;", "Newtonsoft")]
    [InlineData("Realizing", "var d = System.Text.Json.JsonDocument.Parse(t);", "System.Text.Json")]
    [InlineData("Realizing", "using Microsoft.Build.Framework;", "Microsoft.Build")]
    [InlineData("Model", "var n = Guid.NewGuid();", "Guid.CreateVersion7/NewGuid")]
    [InlineData("Hashing", "t.Equals(u, StringComparison.CurrentCulture);", "StringComparison.CurrentCulture/CurrentCultureIgnoreCase")]
    public void A_room_names_what_it_may_not(string room, string code, string what)
    {
        var violation = Assert.Single(Rules.RoomsKeepToThemselves([Invented(room, "class Thing { void M() {\n" + code + "\n} }")]));

        Assert.Equal($"src/Lightnix.Core/{room}/Thing.cs(2): {what}: not in {room}: {Table.Rooms.Single(r => r.Name == room).Reason}",
            violation.ToString());
    }

    [Theory]
    [InlineData("Model", "var t = \"File.ReadAllText \\\" DateTime.Now\";")]
    [InlineData("Model", "var t = File.ToString();")] // a property that is called File
    [InlineData("Model", "TreeEntry.File f = new File(path); Metric.File.ToString();")]
    [InlineData("Model", "var n = project.Directory.Length; var e = derivation.Environment.Count;")]
    [InlineData("Model", "var p = Path.Combine(a, Path.GetFileName(b));")]
    [InlineData("Planning", "var p = Path.GetFullPath(include, folder);")]
    [InlineData("Storage", "File.Delete(p); var now = DateTime.UtcNow; var seen = new HashSet<string>();")]
    [InlineData("Building", "using var p = Process.Start(info); var v = Environment.GetEnvironmentVariable(\"X\");")]
    [InlineData("Realizing", "var now = time.GetUtcNow(); var map = new Dictionary<int, int>();")]
    public void What_only_looks_like_it(string room, string code) =>
        Assert.Empty(Rules.RoomsKeepToThemselves([Invented(room, "class Thing { void M() {\n" + code + "\n} }")]));

    [Theory]
    [InlineData("Hashing", "using Lightnix.Model;", "Model")]
    [InlineData("Matching", "using Lightnix.Promises;", "Promises")]
    [InlineData("Building", "using Lightnix.Storage;", "Storage")]
    [InlineData("Model", "class Other { Lightnix.Storage.Store s; }", "Storage")]
    [InlineData("Model", "class Other { Storage.Store s; }", "Storage")] // C# finds it without a using
    public void A_room_uses_another_that_it_may_not(string room, string code, string other) =>
        Assert.StartsWith(
            $"src/Lightnix.Core/{room}/Thing.cs(1): the room {other} may not be used in {room}: ",
            Assert.Single(Rules.RoomsKeepToThemselves(
                [new($"src/Lightnix.Core/{room}/Thing.cs", code), new("src/Lightnix.Core/Storage/Store.cs", "public class Store { }")]))
                .ToString(),
            StringComparison.Ordinal);

    [Fact]
    public void A_type_of_a_room_that_every_file_imports() => Assert.Equal(
        $"src/Lightnix.Core/Hashing/Thing.cs(1): the room Model may not be used in Hashing: {Table.Rooms[0].Reason}",
        Assert.Single(Rules.RoomsKeepToThemselves(
            [Invented("Hashing", "class Thing { Tree t = other.Tree; }"), Invented("Model", "class Tree;")])).ToString());

    [Fact]
    public void A_property_that_is_called_like_a_room_is_none() =>
        Assert.Empty(Rules.RoomsKeepToThemselves(
            [Invented("Planning", "class Thing { int M() => stage.Promises.Length + Promises.Length; }"),
            new("src/Lightnix.Core/Promises/Verdict.cs", "record Verdict;")]));

    [Fact]
    public void Skins_are_thin()
    {
        static string[] Found(string skin, string code) =>
            [.. Rules.RoomsKeepToThemselves([new($"src/{skin}/Thing.cs", code)]).Select(v => v.Reason.Split(':')[0])];

        Assert.Equal(["SHA256"], Found("Lightnix.Tasks", "class Thing { byte[] M(byte[] b) => SHA256.HashData(b); }"));
        Assert.Equal(["the room Hashing may not be used in Lightnix.Tasks"], Found("Lightnix.Tasks", "using Lightnix.Hashing;"));
        Assert.Equal(["Environment"], Found("Lightnix.Tasks", "class Thing { string M() => Environment.MachineName; }"));
        Assert.Equal(["Microsoft.Build"], Found("Lightnix.Cli", "using Microsoft.Build.Evaluation;"));
        Assert.Empty(
            Found("Lightnix.Tasks", "using Microsoft.Build.Framework; class Thing { TaskEnvironment e = TaskEnvironment.Fallback; }"));
        Assert.Empty(Found("Lightnix.Cli", "class Thing { void M() => Console.WriteLine(Directory.GetCurrentDirectory()); }"));
    }

    [Fact]
    public void A_second_file_knows_a_JSON_library()
    {
        Assert.Single(Rules.OneFileKnowsAJsonLibrary([new("src/Lightnix.Core/Hashing/Thing.cs", "using Newtonsoft.Json;")]));
        Assert.Empty(Rules.OneFileKnowsAJsonLibrary([new("src/Lightnix.Core/Hashing/JsonReader.cs", "using Newtonsoft.Json;")]));
    }

    [Theory]
    [InlineData("namespace Lightnix.Model; record Thing(int A);", null)]
    [InlineData("namespace Lightnix.Model; public readonly record struct Thing; enum Other { A }", null)]
    [InlineData("namespace Lightnix.Model; record First; sealed class Thing<T> where T : class { }", null)]
    [InlineData("namespace Lightnix.Model; delegate Task<int> Thing(string a);", null)]
    [InlineData("namespace Lightnix.Model { class Thing { } }", null)]
    [InlineData("namespace Lightnix.Model; class Other { class Thing { } }",
        "src/Lightnix.Core/Model/Thing.cs(1): it declares Other: a file is named after its main type, so that it can be found")]
    [InlineData("namespace Lightnix.Storage; class Thing { }",
        "src/Lightnix.Core/Model/Thing.cs(1): its namespace is Lightnix.Storage, not Lightnix.Model: the rules of a room go by its folder")]
    public void Names_of_files(string code, string? violation) =>
        Assert.Equal(violation is null ? [] : new[] { violation },
            Rules.AFileIsNamedAfterItsType([Invented("Model", code)]).Select(v => v.ToString()));

    [Fact]
    public void Long_files()
    {
        Assert.Empty(Measures.FilesAreShort([Invented("Model", string.Concat(Enumerable.Repeat("//\n", 300)))]));
        Assert.Equal("src/Lightnix.Core/Model/Thing.cs(301): it has 301 lines: above 300 there are two nouns in it",
            Assert.Single(Measures.FilesAreShort([Invented("Model", string.Concat(Enumerable.Repeat("//\n", 301)))])).ToString());
    }

    [Theory]
    [InlineData("src/A.cs", 140, 0)]
    [InlineData("src/A.cs", 141, 1)]
    [InlineData("docs/a.md", 141, 1)]
    public void Long_lines(string path, int columns, int violations) =>
        Assert.Equal(violations, Measures.LinesAreNarrow([new(path, new string('x', columns))]).Count());

    [Fact]
    public void Rows_of_tables_may_be_long() => Assert.Empty(Measures.LinesAreNarrow([new("docs/a.md", "| " + new string('x', 200))]));

    [Theory]
    [InlineData("class Thing(int a, int b, int c, int d, int e, int f);", 0)]
    [InlineData("class Thing(int a, int b, int c, int d, int e, int f, int g);", 1)]
    [InlineData("class Thing { Thing(int a, int b, int c, int d, int e, int f, int g) { } }", 1)]
    [InlineData("record Thing(int A, int B, int C, int D, int E, int F, int G);", 0)]
    public void Constructors(string code, int violations) =>
        Assert.Equal(violations, Measures.ConstructorsTakeFewThings([Invented("Model", code)]).Count());

    [Theory]
    [InlineData("class Thing;", 0)]
    [InlineData("class Thing { enum Inner { A } }", 0)]
    [InlineData("class Thing; enum Other { A }", 1)]
    [InlineData("class Other;", 1)]
    public void Types_in_files_of_tests(string code, int violations) =>
        Assert.Equal(violations, Measures.TestsHaveOneTypeAFile([new("tests/Thing.cs", code)]).Count());

    [Fact]
    public void A_full_folder() => Assert.Equal("tests/x(1): it has 26 files: above 25 it is a drawer; sub-folders say what is in them",
        Assert.Single(Measures.FoldersAreSmall([.. Enumerable.Range(0, 26).Select(i => new CodeFile($"tests/x/{i}.cs", ""))])).ToString());

    [Fact]
    public void An_operating_system_that_is_asked_for()
    {
        const string code = "class Thing { bool M() => OperatingSystem.IsWindows(); }";
        Assert.Single(Measures.SystemsAreAskedForInOnePlace([Invented("Storage", code)]));
        Assert.Empty(Measures.SystemsAreAskedForInOnePlace([new("src/Lightnix.Core/Storage/Systems/Thing.cs", code)]));
    }

    [Theory]
    [InlineData("tests/A.cs", "#pragma warning disable CA1000", 1)]
    [InlineData("tests/A.cs", "#pragma warning disable CA1000 // The name says which kind.", 0)]
    [InlineData("tests/A.cs", "// The name says which kind.\n#pragma warning disable CA1000", 0)]
    [InlineData("tests/A.cs", "#pragma warning restore CA1000", 0)]
    [InlineData("src/A.cs", "[SuppressMessage(\"Design\", \"CA1000\")] class A;", 1)]
    [InlineData("src/A.cs", "[SuppressMessage(\"Design\", \"CA1000\", Justification = \"so\")] class A;", 0)]
    [InlineData("src/A.csproj", "<PropertyGroup>\n<NoWarn>CA1000</NoWarn>", 1)]
    [InlineData("src/A.csproj", "<!-- CA1000: so -->\n<NoWarn>CA1000</NoWarn>", 0)]
    [InlineData(".editorconfig", "[*.cs]\nroot = true\ndotnet_diagnostic.CA1000.severity = none", 1)]
    [InlineData(".editorconfig", "# So.\ndotnet_diagnostic.CA1000.severity = none", 0)]
    [InlineData(".editorconfig", "# So.\ndotnet_diagnostic.CA1000.severity = none\ndotnet_diagnostic.CA1001.severity = none", 0)]
    public void Reasons_of_suppressions(string path, string text, int violations) =>
        Assert.Equal(violations, Rules.SuppressionsHaveReasons([new(path, text)]).Count());

    [Theory]
    [InlineData("<A>$([System.DateTime]::Now)</A>", 1)]
    [InlineData("<A>$([MSBuild]::Add(1, 2))</A>", 1)]
    [InlineData("<A>$(Name.Substring(1))</A>", 1)]
    [InlineData("<UsingTask TaskFactory=\"RoslynCodeTaskFactory\" />", 1)]
    [InlineData("<A Condition=\"'$([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)' == 'X64'\" />", 0)]
    [InlineData("<A>$([MSBuild]::NormalizePath('$(A)', 'b'))</A>", 0)]
    [InlineData("<A Condition=\"$(Name.EndsWith('/'))\">$(Name)</A>", 0)]
    [InlineData("<!-- $([System.DateTime]::Now) -->", 0)]
    public void Functions_of_MSBuild(string text, int violations) =>
        Assert.Equal(violations, Rules.MSBuildTextDoesNotCompute([new("sdk/Sdk.props", text)]).Count());

    static CodeFile Invented(string room, string code) => new($"src/Lightnix.Core/{room}/Thing.cs", code);
}
