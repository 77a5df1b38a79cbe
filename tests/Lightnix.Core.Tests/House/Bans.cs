using System.Diagnostics;

namespace Lightnix.House;

/// <summary>The words of the table's last column. Functions of <c>Path</c> that only handle text are not IO.</summary>
static class Bans
{
    public static ImmutableArray<Ban> Files { get; } =
    [
        Ban.On(typeof(File)), Ban.On(typeof(Directory)), Ban.On(typeof(FileInfo)), Ban.On(typeof(DirectoryInfo)),
            Ban.On(typeof(FileStream)), Ban.On(typeof(RandomAccess)),
        Ban.On(typeof(DriveInfo)), Ban.OnName("FileSystemWatcher"), Ban.OnName("MemoryMappedFile"), Ban.OnName("ZipFile"),
        Ban.On(typeof(Path), "Exists", "GetTempPath", "GetTempFileName"), Ban.OnName("LibraryImport"), Ban.OnName("DllImport"),
    ];

    public static ImmutableArray<Ban> Processes { get; } = [Ban.On(typeof(Process)), Ban.OnName("ProcessStartInfo")];

    /// <summary><c>System.Net.Http</c> is an implicit using; the rest of the network needs one.</summary>
    public static ImmutableArray<Ban> Network { get; } =
        [Ban.OnNamespace("System.Net"), Ban.OnName("HttpClient"), Ban.OnName("HttpRequestMessage")];

    public static ImmutableArray<Ban> LocalTime { get; } =
        [Ban.On(typeof(DateTime), "Now", "Today"), Ban.On(typeof(DateTimeOffset), "Now"), Ban.On(typeof(TimeZoneInfo), "Local")];

    public static ImmutableArray<Ban> Clock { get; } =
    [
        .. LocalTime, Ban.On(typeof(DateTime), "UtcNow"), Ban.On(typeof(DateTimeOffset), "UtcNow"), Ban.On(typeof(TimeProvider), "System"),
            Ban.On(typeof(Stopwatch)),
        Ban.On(typeof(Environment), "TickCount", "TickCount64"),
    ];

    public static ImmutableArray<Ban> Chance { get; } =
        [Ban.On(typeof(Random)), Ban.On(typeof(Guid), "NewGuid", "CreateVersion7"), Ban.OnName("RandomNumberGenerator")];

    public static ImmutableArray<Ban> EnvironmentOfProcess { get; } =
        [Ban.On(typeof(Environment)), Ban.OnName("RuntimeInformation"), Ban.OnName("AppContext")];

    public static ImmutableArray<Ban> CurrentDirectory { get; } =
    [
        Ban.On(typeof(Environment), "CurrentDirectory"), Ban.On(typeof(Directory), "GetCurrentDirectory", "SetCurrentDirectory"),
        Ban.OnCallWithOneArgument("Path", "GetFullPath", "which starts at the current directory: pass the folder that it starts at"),
    ];

    public static ImmutableArray<Ban> Culture { get; } =
    [
        Ban.On(typeof(CultureInfo), "CurrentCulture", "CurrentUICulture", "DefaultThreadCurrentCulture", "DefaultThreadCurrentUICulture"),
        Ban.On(typeof(StringComparison), "CurrentCulture", "CurrentCultureIgnoreCase"),
            Ban.On(typeof(StringComparer), "CurrentCulture", "CurrentCultureIgnoreCase"),
    ];

    public static ImmutableArray<Ban> Console { get; } = [Ban.On(typeof(Console))];

    public static ImmutableArray<Ban> JsonLibrary { get; } = [Ban.OnName("Newtonsoft"), Ban.OnNamespace("System.Text.Json")];

    public static ImmutableArray<Ban> HashFunctions { get; } =
        [Ban.OnNamespace("System.Security.Cryptography"), Ban.OnName("SHA256"), Ban.OnName("IncrementalHash")];

    public static ImmutableArray<Ban> MSBuild { get; } = [Ban.OnNamespace("Microsoft.Build")];

    public static ImmutableArray<Ban> UnorderedSets { get; } =
    [
        .. new[]
        {
            "HashSet", "Dictionary", "ConcurrentDictionary", "ImmutableHashSet", "ImmutableDictionary", "FrozenSet", "FrozenDictionary",
            "ToHashSet", "ToDictionary", "ToImmutableHashSet", "ToImmutableDictionary", "ToFrozenSet", "ToFrozenDictionary",
        }.Select(Ban.OnName),
    ];

    /// <summary>What makes a room pure.</summary>
    public static ImmutableArray<Ban> Impure { get; } =
        [.. Files, .. Processes, .. Network, .. Clock, .. Chance, .. EnvironmentOfProcess, .. CurrentDirectory, .. Culture, .. Console,
            .. MSBuild];
}
