namespace Lightnix.Storage;

/// <summary>Where a store is, as written in <c>LightnixStore</c>, <c>LIGHTNIX_STORE</c> and <c>--store</c>.</summary>
public static class StorePath
{
    /// <summary>The environment variable that names the user's home folder.</summary>
    public static string HomeVariable { get; } = OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME";

    public static StringComparison Comparison { get; } =
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>A path with the home folder in place of <c>~</c> alone or a leading <c>~/</c>. A shell expands these; YAML, a project file
    /// and <c>-p:LightnixStore=~/x</c> have no shell. <c>~name</c> and <c>./~</c> stay.</summary>
    /// <param name="home">Null: there is none, and the path stays.</param>
    public static string Expand(string path, string? home)
    {
        var isHome = path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal);
        return isHome && !string.IsNullOrEmpty(home) ? home + path[1..] : path;
    }

    /// <summary>The folder that the tool takes without <c>--store</c>; null where the environment does not say.</summary>
    /// <param name="environment">Of a shell in which the tool would run.</param>
    public static string? OfTool(IReadOnlyDictionary<string, string> environment)
    {
        var named = environment.GetValueOrDefault("LIGHTNIX_STORE");
        var folder = Expand(string.IsNullOrEmpty(named) ? "~/.lightnix" : named, environment.GetValueOrDefault(HomeVariable));
        return Path.IsPathFullyQualified(folder)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder, Path.GetPathRoot(folder)!))
            : null;
    }
}
