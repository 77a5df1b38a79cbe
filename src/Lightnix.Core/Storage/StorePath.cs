namespace Lightnix.Storage;

/// <summary>Where a store is, as people say it in <c>LightnixStore</c>, <c>LIGHTNIX_STORE</c> and <c>--store</c>.</summary>
public static class StorePath
{
    /// <summary>
    /// A path with the home folder for <c>~</c> alone and for a <c>~/</c> that it begins with. A shell does that where it sees one; YAML, a project file
    /// and <c>-p:LightnixStore=~/x</c> have no shell, and nobody means a folder that is called so. <c>~name</c> and <c>./~</c> stay.
    /// </summary>
    /// <param name="home">Null: there is none, and the path stays.</param>
    public static string Expand(string path, string? home) =>
        !string.IsNullOrEmpty(home) && (path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal)) ? home + path[1..] : path;

    /// <summary>The folder that the tool takes where no <c>--store</c> is given; null where the environment does not say.</summary>
    /// <param name="environment">Of a shell in which it would be run.</param>
    public static string? OfTool(IReadOnlyDictionary<string, string> environment)
    {
        var home = environment.GetValueOrDefault(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME");
        var folder = Expand(environment.GetValueOrDefault("LIGHTNIX_STORE") is { Length: > 0 } named ? named : "~/.lightnix", home);
        return Path.IsPathFullyQualified(folder) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, Path.GetPathRoot(folder)!)) : null;
    }
}
