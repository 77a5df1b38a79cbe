namespace Lightnix.Benchmarks;

/// <summary>A folder that inherits nothing from the folders above it and knows the feed of the packed SDK.</summary>
static class DotnetFolder
{
    public static void Prepare(string folder, string feed)
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, name), "<Project />\n");
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="lightnix-local" value="{feed}" />
              </packageSources>
            </configuration>

            """);
    }
}
