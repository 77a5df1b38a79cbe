namespace Lightnix.Building;

/// <summary>A home for <c>dotnet</c>, which compiles no script without one, where the user's own is missing or read-only.</summary>
static class CompilerHome
{
    const string DotnetHome = "DOTNET_CLI_HOME", DataHome = "XDG_DATA_HOME";

    /// <param name="folder">Made when it is needed.</param>
    public static ImmutableSortedDictionary<string, string> In(ImmutableSortedDictionary<string, string> environment, string folder)
    {
        if (SystemTraits.HasProfileVariables)
            return environment;
        var home = environment.GetValueOrDefault("HOME") is { Length: > 0 } given ? given
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (!IsWritable(environment.GetValueOrDefault(DotnetHome) ?? home))
            environment = WithSettingsOf(home, environment.SetItem(DotnetHome, folder), folder);
        // .NET ignores a data folder that does not exist.
        var data = environment.GetValueOrDefault(DataHome) ?? (home.Length > 0 ? Path.Combine(home, ".local", "share") : "");
        return IsWritable(data) ? environment : environment.SetItem(DataHome, NewDataHome(Path.Combine(folder, "share")));
    }

    // In a new data folder, NuGet's first run removes rights from each folder above, up to the home or the root. That closed shared stores
    // and /tmp for other users. This file reports that NuGet's first run is done (NuGet.Common.Migrations).
    static string NewDataHome(string folder)
    {
        var done = Directory.CreateDirectory(Path.Combine(folder, "NuGet", "Migrations")).FullName;
        File.WriteAllBytes(Path.Combine(done, "1"), []);
        return folder;
    }

    /// <summary>The user's feeds and packages stay in use.</summary>
    static ImmutableSortedDictionary<string, string> WithSettingsOf(string home, ImmutableSortedDictionary<string, string> environment,
        string folder)
    {
        var settings = Path.Combine(home, ".nuget", "NuGet");
        var packages = Path.Combine(home, ".nuget", "packages");
        Directory.CreateDirectory(Path.Combine(folder, ".nuget"));
        if (Directory.Exists(settings))
            Directory.CreateSymbolicLink(Path.Combine(folder, ".nuget", "NuGet"), settings);
        return Directory.Exists(packages) && !environment.ContainsKey("NUGET_FALLBACK_PACKAGES")
            ? environment.SetItem("NUGET_FALLBACK_PACKAGES", packages) : environment;
    }

    static bool IsWritable(string folder)
    {
        if (!Path.IsPathFullyQualified(folder))
            return false;
        try
        {
            Directory.CreateDirectory(folder);
            using var _ = new FileStream(Path.Combine(folder, $".lightnix-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write,
                FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
