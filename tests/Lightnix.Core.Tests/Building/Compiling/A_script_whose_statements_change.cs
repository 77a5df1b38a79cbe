using Lightnix.Hashing;

namespace Lightnix.Building;

[Trait("Speed", "Slow")]
public sealed class A_script_whose_statements_change : IDisposable
{
    readonly BuilderBench _bench = new();

    public void Dispose() => _bench.Dispose();

    string Scripts => Path.Combine(_bench.Cache, "scripts");

    /// <summary>The folder in which MSBuild compiled the first script.</summary>
    string Shared => Assert.Single(Directory.GetFiles(Scripts, "csc.rsp", SearchOption.AllDirectories)) is var file
        ? Path.GetDirectoryName(Path.GetDirectoryName(file))! : "";

    async Task<string> Runs(string text)
    {
        _bench.Write("a b/x.cs", text);
        await File.WriteAllTextAsync(_bench.LogFile, "");
        return await _bench.Script("dotnet", "a b/x.cs") is BuildOutcome.Completed ? _bench.Log : "failed: " + _bench.Log;
    }

    /// <summary>MSBuild cannot read this file; the compiler does not.</summary>
    Task BreakMSBuild() => File.WriteAllTextAsync(Path.Combine(Shared, "source", "Directory.Build.props"), "broken");

    [LinuxTheory]
    [InlineData("")]
    [InlineData("#:package CsvHelper@34.0.0\n#:property InvariantGlobalization=true\n")]
    public async Task Is_compiled_without_MSBuild(string directives)
    {
        Assert.Equal("1\n", await Runs(directives + "Console.WriteLine(1);"));
        await BreakMSBuild();
        Assert.Equal("1\n", await Runs(directives + "// A comment.\nConsole.WriteLine(1);"));
        Assert.Equal("2\n", await Runs(directives + "Console.WriteLine(2);"));
        Assert.Equal(4, Directory.GetDirectories(Scripts).Length);
    }

    [LinuxFact]
    public async Task Has_the_generators_of_NET()
    {
        await Runs("Console.WriteLine(1);");
        await BreakMSBuild();
        Assert.Equal("True\n", await Runs("""
            using System.Text.RegularExpressions;
            Console.WriteLine(Digits.All().IsMatch("17"));
            static partial class Digits { [GeneratedRegex("^[0-9]+$")] public static partial Regex All(); }
            """));
    }

    [LinuxFact]
    public async Task Becomes_the_program_that_MSBuild_makes_of_it()
    {
        const string text = "Console.WriteLine(typeof(int));\n";
        await Runs("Console.WriteLine(typeof(long));");
        await BreakMSBuild();
        await Runs(text);
        var program = Program();
        Directory.Delete(_bench.Cache, recursive: true);
        await Runs(text);
        Assert.Equal(program, Program());

        // Names and digests of its files.
        List<string> Program() =>
        [
            .. Directory.GetDirectories(Scripts).Where(d => File.Exists(Path.Combine(d, "done")))
                .OrderByDescending(Directory.GetCreationTimeUtc).Take(1)
                .SelectMany(d => Directory.GetFiles(d, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                .Select(f => $"{Path.GetRelativePath(Scripts, f)} {Digest.Of(File.ReadAllBytes(f))}"),
        ];
    }

    [LinuxTheory]
    [InlineData("Console.WriteLine(1);", "#:property Nullable=disable\nConsole.WriteLine(2);")]
    [InlineData("#:property Mark=1.*\nConsole.WriteLine(1);", "#:property Mark=1.*\nConsole.WriteLine(2);")]
    [InlineData("#:include lib.cs\nConsole.WriteLine(1);", "#:include lib.cs\nConsole.WriteLine(2);")]
    public async Task Is_built_by_MSBuild_where_directives_count(string first, string second)
    {
        _bench.Write("a b/lib.cs", "static class Lib;");
        await Runs(first);
        foreach (var file in Directory.GetFiles(Scripts, "csc.rsp", SearchOption.AllDirectories))
            await File.WriteAllTextAsync(file, "/nosuch");
        Assert.Equal("2\n", await Runs(second));
    }

    [LinuxFact]
    public async Task Is_built_by_MSBuild_where_what_the_compiler_needs_is_gone()
    {
        await Runs("Console.WriteLine(1);");
        var shared = Shared;
        Directory.Delete(Path.Combine(shared, "obj"), recursive: true);
        Assert.Equal("2\n", await Runs("Console.WriteLine(2);"));
        Assert.Equal("3\n", await Runs("Console.WriteLine(3);"));
        Assert.Equal(shared, Shared);
        await BreakMSBuild();
        Assert.Equal("4\n", await Runs("Console.WriteLine(4);"));
    }

    [LinuxFact]
    public async Task Is_compiled_by_the_compiler_of_the_SDK_only()
    {
        await Runs("Console.WriteLine(1);");
        var other = Directory.CreateDirectory(Path.Combine(_bench.Root, "roslyn", "bincore")).Parent!.FullName;
        await File.WriteAllTextAsync(Path.Combine(other, "bincore", "csc.dll"), "");
        await File.WriteAllTextAsync(Path.Combine(Shared, "source", "csc.folder"), other);

        Assert.Equal("2\n", await Runs("Console.WriteLine(2);"));

        Assert.DoesNotContain("csc.dll", await File.ReadAllTextAsync(Path.Combine(Scripts, Path.GetFileName(Other()), "messages")),
            StringComparison.Ordinal);

        // MSBuild compiled the second script in a folder of its own.
        string Other() => Directory.GetDirectories(Scripts).Single(d => File.Exists(Path.Combine(d, "done"))
            && File.Exists(Path.Combine(d, "messages")));
    }

    [LinuxFact]
    public async Task Is_compiled_without_MSBuild_after_a_mistake_too()
    {
        await Runs("Console.WriteLine(1);");
        Assert.StartsWith("failed: a b/x.cs(1,21): error CS1002: ; expected", await Runs("Console.WriteLine(1)"), StringComparison.Ordinal);
        await BreakMSBuild();
        Assert.Equal("2\n", await Runs("Console.WriteLine(2);"));
    }
}
