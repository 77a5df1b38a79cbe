using System.Text.Json;

namespace Lightnix.Cli;

/// <summary>The libraries that <c>./build pack</c> puts into the page of a report.</summary>
public sealed class Libraries_of_the_page
{
    static JsonElement Lock { get; } = JsonDocument.Parse(File.ReadAllText(
        RepositoryRoot.File("src/Lightnix.Cli/Page/package-lock.json"))).RootElement;

    [Fact]
    public void Are_locked_by_content_and_name_no_feed() =>
        Assert.All(Lock.GetProperty("packages").EnumerateObject().Where(p => p.Name.Length > 0), package =>
        {
            Assert.False(package.Value.TryGetProperty("resolved", out _), package.Name);
            Assert.StartsWith("sha512-", package.Value.GetProperty("integrity").GetString(), StringComparison.Ordinal);
        });

    [Fact]
    public void Have_exact_versions()
    {
        var root = Lock.GetProperty("packages").GetProperty("");
        Assert.All(
            root.GetProperty("dependencies").EnumerateObject().Concat(root.GetProperty("devDependencies").EnumerateObject()),
            package => Assert.True(Version.TryParse(package.Value.GetString(), out _), package.Name));
    }

    [BrowserFact]
    public void Have_their_licences_in_the_tool()
    {
        var packages = Lock.GetProperty("packages");
        foreach (var name in packages.GetProperty("").GetProperty("dependencies").EnumerateObject())
            Assert.Contains($"{name.Name} {name.Value.GetString()}", PageBundle.Licences, StringComparison.Ordinal);
        Assert.Contains("Redistribution and use in source and binary forms", PageBundle.Licences, StringComparison.Ordinal);
        Assert.InRange(PageBundle.Script!.Length, 1_000_000, 1_800_000);
    }
}
