namespace Lightnix.Benchmarks;

/// <summary>The checkout that this program was built in.</summary>
sealed record Repository(string Folder)
{
    public static Repository Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "Lightnix.sln")))
                return new(folder);
        throw new BenchmarkException($"no Lightnix.sln above {AppContext.BaseDirectory}");
    }

    /// <summary>The tool as it was built last.</summary>
    public string Tool => Path.Combine(Folder, "src", "Lightnix.Cli", "bin", "Release", "net10.0", "lightnix.dll");

    /// <summary>The package that <c>./build pack</c> made last.</summary>
    public SdkPackage Sdk()
    {
        const string Prefix = "Lightnix.Sdk.";
        var feed = Path.Combine(Folder, "artifacts", "packages");
        var last = new DirectoryInfo(feed).GetFiles($"{Prefix}*.nupkg").MaxBy(package => package.LastWriteTimeUtc)
            ?? throw new BenchmarkException($"no {Prefix}*.nupkg in {feed}: run ./build pack first");
        return new(feed, Path.GetFileNameWithoutExtension(last.Name)[Prefix.Length..]);
    }
}
