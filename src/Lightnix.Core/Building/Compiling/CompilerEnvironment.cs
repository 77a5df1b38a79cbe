using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>The environment in which C# scripts are compiled. MSBuild takes every variable as a property, and no variable is hashed. So
/// only variables pass that .NET needs to start and to restore packages.</summary>
static partial class CompilerEnvironment
{
    static readonly ImmutableHashSet<string> Names = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        // The system and the user.
        "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME",
            "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
        "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "ProgramData", "ALLUSERSPROFILE", "ProgramFiles", "ProgramFiles(x86)",
            "ProgramW6432", "CommonProgramFiles",
        "CommonProgramFiles(x86)", "CommonProgramW6432", "USERPROFILE", "USERNAME", "USERDOMAIN", "HOMEDRIVE", "HOMEPATH", "APPDATA",
            "LOCALAPPDATA", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "OS",
        // The network.
        "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "OPENSSL_CONF",
            "CLR_OPENSSL_VERSION_OVERRIDE", "KRB5CCNAME", "KRB5_CONFIG",
        // .NET.
        "DOTNET_ROOT", "DOTNET_ROOT(x86)", "DOTNET_ROOT_X64", "DOTNET_ROOT_X86", "DOTNET_ROOT_ARM64", "DOTNET_CLI_HOME",
            "DOTNET_CLI_TELEMETRY_OPTOUT", "DOTNET_SKIP_FIRST_TIME_EXPERIENCE",
        "DOTNET_GENERATE_ASPNET_CERTIFICATE", "DOTNET_NUGET_SIGNATURE_VERIFICATION", "DOTNET_EnableWriteXorExecute",
            "DOTNET_GCHeapHardLimit", "DOTNET_GCHeapHardLimitPercent",
        // Credentials of feeds.
        "SYSTEM_ACCESSTOKEN", "GOOGLE_APPLICATION_CREDENTIALS");

    /// <summary>Prefixes: settings of .NET's runtime and of NuGet, and variables of credential providers.</summary>
    static readonly ImmutableArray<string> Beginnings =
        ["DOTNET_SYSTEM_", "NUGET_", "NuGetPackageSourceCredentials_", "VSS_NUGET_", "ARTIFACTS_CREDENTIALPROVIDER_", "AWS_", "AZURE_"];

    const int LargestSettings = 1 << 20;
    static readonly string[] Homes = ["DOTNET_CLI_HOME", "HOME", "USERPROFILE"];

    /// <param name="caller">The environment of the build.</param>
    /// <param name="projectFolder">The first folder in which <c>nuget.config</c> is searched, and then those above.</param>
    public static ImmutableSortedDictionary<string, string> Make(IReadOnlyDictionary<string, string> caller, string? projectFolder) =>
        caller.Where(v => Passes(v.Key)).Concat(Quoted(caller, projectFolder))
            .ToImmutableSortedDictionary(v => v.Key, v => v.Value, BuilderEnvironment.Comparer)
            .SetItem("LANG", "C.UTF-8")
            .SetItem("LC_ALL", "C.UTF-8")
            .SetItem("TZ", "UTC")
            .SetItem("MSBUILDDISABLENODEREUSE", "1")
            .SetItem("DOTNET_CLI_USE_MSBUILD_SERVER", "0")
            .SetItem("DOTNET_CLI_UI_LANGUAGE", "en")
            .SetItem("DOTNET_NOLOGO", "1")
            // A compiler ends before it has gained what it would learn about itself.
            .SetItem("DOTNET_TieredPGO", "0");

    /// <summary>Variables that pass because a <c>nuget.config</c> names them. They count as a part of the source.</summary>
    /// <inheritdoc cref="Make"/>
    public static ImmutableSortedDictionary<string, string> Quoted(IReadOnlyDictionary<string, string> caller, string? projectFolder)
    {
        var named = NamedInSettings(caller, projectFolder);
        return caller.Where(v => !Passes(v.Key) && named.Contains(v.Key))
            .ToImmutableSortedDictionary(v => v.Key, v => v.Value, BuilderEnvironment.Comparer);
    }

    static bool Passes(string name) => Names.Contains(name) || Beginnings.Any(b => name.StartsWith(b, StringComparison.OrdinalIgnoreCase));

    /// <summary>Variables that a <c>nuget.config</c> of the project or of the user names, as <c>%FEED_TOKEN%</c>.</summary>
    static ImmutableHashSet<string> NamedInSettings(IReadOnlyDictionary<string, string> caller, string? projectFolder)
    {
        var users = Homes.Select(name => caller.GetValueOrDefault(name)).OfType<string>()
            .SelectMany(home => new[] { Path.Combine(home, ".nuget", "NuGet"), Path.Combine(home, ".nuget", "config"), Path.Combine(home,
                ".config", "NuGet") })
            .Concat(caller.GetValueOrDefault("APPDATA") is { } data ? [Path.Combine(data, "NuGet"), Path.Combine(data, "NuGet", "config")]
                : []);
        return users.SelectMany(folder => Files(folder, "*.config"))
            .Concat(Above(projectFolder).SelectMany(folder => Files(folder, "nuget.config")))
            .SelectMany(file => Variable().Matches(SmallFile.Read(file, LargestSettings) ?? "").Select(m => m.Groups["name"].Value))
            .ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
    }

    static IEnumerable<string> Above(string? folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            yield return at;
    }

    static string[] Files(string folder, string pattern)
    {
        try
        {
            return Directory.GetFiles(folder, pattern,
                new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive, AttributesToSkip = 0 });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [GeneratedRegex("%(?<name>[^%\\s<>\"]+)%", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
