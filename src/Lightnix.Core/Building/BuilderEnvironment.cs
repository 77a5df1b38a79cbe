using System.Collections;

namespace Lightnix.Building;

/// <summary>The environment of a builder: the table below, then variables that pass, then declared ones. Later values win. A change of the
/// table changes the format <c>lightnix/derivation/1</c>.</summary>
public static class BuilderEnvironment
{
    static readonly ImmutableArray<(string Name, Func<Place, string?> Value, string Why)> Everywhere =
    [
        ("PATH", p => p.Caller("PATH"), "programs are found where the user finds them; Tools makes their versions count"),
        ("HOME", p => p.Home, "empty and private: no settings and no caches of the user's"),
        ("TMPDIR", p => p.Temporary, "private, gone with the working folder"),
        ("TMP", p => p.Temporary, "the same, for programs from Windows"),
        ("TEMP", p => p.Temporary, "the same"),
        ("LANG", _ => "C.UTF-8", "one sorting order and one spelling of numbers, with UTF-8"),
        ("LC_ALL", _ => "C.UTF-8", "the same, for programs that ask this first"),
        ("TZ", _ => "UTC", "one time zone"),
        ("DOTNET_ROOT", p => p.DotnetRoot, "a .NET tool with a host of its own finds the .NET that runs this build"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", _ => "1", "a fresh home would ask again each time"),
        ("DOTNET_NOLOGO", _ => "1", "a fresh home would greet each time"),
    ];

    static readonly ImmutableArray<(string Name, Func<Place, string?> Value, string Why)> OnWindows =
    [
        ("USERPROFILE", p => p.Home, "HOME, as Windows calls it"),
        ("APPDATA", p => Path.Combine(p.Home, "AppData", "Roaming"), "below that home"),
        ("LOCALAPPDATA", p => Path.Combine(p.Home, "AppData", "Local"), "below that home"),
        .. new[] { "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "ProgramData", "ProgramFiles", "ProgramFiles(x86)",
            "CommonProgramFiles", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "OS" }
            .Select(name => (name, (Func<Place, string?>)(p => p.Caller(name)), "sockets, shells and .NET do not start without these")),
    ];

    /// <summary>Sources of the table's values.</summary>
    sealed record Place(string Home, string Temporary, string? DotnetRoot, Func<string, string?> Caller);

    /// <summary>Names of the fixed set on this system.</summary>
    public static ImmutableArray<string> Names => [.. Table.Select(t => t.Name)];

    static ImmutableArray<(string Name, Func<Place, string?> Value, string Why)> Table =>
        SystemTraits.HasProfileVariables ? [.. Everywhere, .. OnWindows] : Everywhere;

    /// <summary>Makes the environment of a builder, with the home and the temporary folder that it names.</summary>
    /// <param name="caller">The environment of the build.</param>
    /// <param name="seenAs">Path of the working folder inside a sandbox.</param>
    internal static ImmutableSortedDictionary<string, string> Make(
        string workingFolder, string? dotnetRoot, IReadOnlyDictionary<string, string> caller, IEnumerable<string> passed,
            IEnumerable<KeyValuePair<string, string>> declared,
        string? seenAs = null)
    {
        Directory.CreateDirectory(Path.Combine(workingFolder, WorkingFolder.Home));
        Directory.CreateDirectory(Path.Combine(workingFolder, WorkingFolder.Temporary));
        var seen = seenAs ?? workingFolder;
        var place = new Place(Path.Combine(seen, WorkingFolder.Home), Path.Combine(seen, WorkingFolder.Temporary), dotnetRoot,
            name => caller.GetValueOrDefault(name));
        var all = ImmutableSortedDictionary.CreateBuilder<string, string>(Comparer);
        foreach (var (name, value, _) in Table)
            if (value(place) is { } text)
                all[name] = text;
        foreach (var name in passed)
            if (caller.TryGetValue(name, out var text))
                all[name] = text;
        foreach (var (name, text) in declared)
            all[name] = text;
        return all.ToImmutable();
    }

    /// <summary>Marks the processes of a builder without a sandbox by its temporary folder, which few builders change. A builder that sets
    /// another <c>TMPDIR</c> is known by its session only.</summary>
    internal static ProcessMark MarkOf(string folder) => new("TMPDIR", folder);

    internal static ImmutableSortedDictionary<string, string> OfThisProcess() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToImmutableSortedDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", Comparer);

    internal static StringComparer Comparer => SystemTraits.VariableNames;
}
