using System.IO.Compression;

namespace Lightnix.Sdk;

/// <summary>The packages: what they hold, and how large they may become. docs/packaging.md says what each dependency is for.</summary>
public sealed class WhatIsPacked : Playground
{
    static readonly string[] OfCore = ["CsvHelper.dll", "Lightnix.Core.dll", "Newtonsoft.Json.dll", "ZstdSharp.dll"];

    [Theory]
    // Two thirds are code for .NET and for Linux x64 ahead of time. The queries of the tool are in the same assembly as the builds that
    // share their values.
    [InlineData("Lightnix.Sdk", 6_800_000)]
    // 0.9 MB of it are the libraries of the report's page, compressed: plots, and the layout of graphs.
    [InlineData("Lightnix.Cli", 4_500_000)]
    [InlineData("Lightnix.Templates", 30_000)]
    public void Stays_within_its_budget(string package, long budget) => Assert.InRange(new FileInfo(FileOf(package)).Length, 1, budget);

    [Fact]
    public void Holds_the_tasks_with_what_they_need_and_nothing_else()
    {
        var folders = Entries("Lightnix.Sdk").Where(e => e.StartsWith("tasks/", StringComparison.Ordinal))
            .ToLookup(e => Path.GetDirectoryName(e)!, Path.GetFileName);

        Assert.Contains("tasks/net10.0", folders.Select(f => f.Key));
        // One copy for every system, and one with native code where there is a compiler for it.
        Assert.All(folders, f => Assert.Contains(f.Key, new[] { "tasks/net10.0", "tasks/net10.0-linux-x64" }));
        foreach (var folder in folders)
        {
            Assert.Equal(OfCore.Append("Lightnix.Tasks.dll").Order(StringComparer.Ordinal),
                folder.Where(f => f!.EndsWith(".dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.Contains("Lightnix.Tasks.deps.json", folder);
        }
    }

    [Fact]
    public void Is_nothing_that_MSBuild_ships()
    {
        Write("any.proj", "<Project />");
        var tools = Succeed("msbuild", "any.proj", "-getProperty:MSBuildToolsPath").Text.Split('\n').Select(l => l.Trim())
            .Last(Directory.Exists);
        var shipped = Directory.GetFiles(tools, "*.dll").Select(Path.GetFileName).ToHashSet(StringComparer.OrdinalIgnoreCase)!;
        Assert.Contains("Microsoft.Build.dll", shipped);

        var packed = Entries("Lightnix.Sdk").Where(e => e.EndsWith(".dll", StringComparison.Ordinal)).Select(Path.GetFileName)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.DoesNotContain(packed,
            name => name!.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));
        // The SDK has one for its own tools, in a version of its own, and promises it to no task: tasks find the one beside them.
        Assert.Equal(["Newtonsoft.Json.dll"], packed.Intersect(shipped));
    }

    [Fact]
    public void In_the_tool_is_what_it_needs_and_nothing_else() => Assert.Equal(
        OfCore.Concat(["DiffPlex.dll", "DotnetToolSettings.xml", "MathNet.Numerics.dll",
            "System.CommandLine.dll", "lightnix.dll"]).Order(StringComparer.Ordinal),
        Entries("Lightnix.Cli").Where(e => e.StartsWith("tools/", StringComparison.Ordinal) && Path.GetExtension(e) is ".dll" or ".xml")
            .Select(e => Path.GetFileName(e)).Order(StringComparer.Ordinal));

    static string FileOf(string package) => Path.Combine(World.Packages, $"{package}.{World.SdkVersion}.nupkg");

    static List<string> Entries(string package)
    {
        using var archive = ZipFile.OpenRead(FileOf(package));
        return [.. archive.Entries.Select(e => e.FullName)];
    }
}
