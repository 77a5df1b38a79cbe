using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Folders that hold more than installations: hidden folders, homes, folders of <c>/</c> and mount points.</summary>
/// <param name="hidden">Hidden folders: the project, the store, the user's home; as given, and with all links followed.</param>
sealed partial class WidePlaces(ImmutableArray<string> hidden)
{
    /// <summary>What a folder is.</summary>
    public enum Kind
    {
        /// <summary>None of these.</summary>
        None,

        /// <summary>A folder of <c>/</c>, a mount point, or a folder that lies directly in a home or in a hidden folder.</summary>
        Wide,

        /// <summary>A home, or something in a folder of settings there.</summary>
        Home,

        /// <summary>It holds a hidden folder.</summary>
        Hidden,
    }

    readonly Lazy<ImmutableHashSet<string>> _homes =
        new(() => Fields("/etc/passwd", ':', 5).Where(h => h.StartsWith('/') && h != "/" && !SandboxSystem.IsOfSystem(h))
        .ToImmutableHashSet(StringComparer.Ordinal));
    readonly Lazy<ImmutableHashSet<string>> _mounts =
        new(() => Fields("/proc/self/mountinfo", ' ', 4)
        .Select(m => Escape().Replace(m, e => ((char)Convert.ToInt32(e.Groups[1].Value, 8)).ToString()))
        .ToImmutableHashSet(StringComparer.Ordinal));

    public bool HoldsHidden(string folder) => hidden.Any(h => SandboxView.IsBelow(h, folder));

    /// <param name="folder">With all links followed.</param>
    public Kind Of(string folder)
    {
        if (folder == "/" || HoldsHidden(folder))
            return Kind.Hidden;
        if (IsHome(folder))
            return Kind.Home;
        var above = Path.GetDirectoryName(folder)!;
        if (IsHome(above) || hidden.Contains(above))
            return Path.GetFileName(folder).StartsWith('.') ? Kind.Home : Kind.Wide;
        return above == "/" || _mounts.Value.Contains(folder) ? Kind.Wide : Kind.None;
    }

    bool IsHome(string folder) => Path.GetDirectoryName(folder) is "/home" or "/Users" || _homes.Value.Contains(folder);

    static IEnumerable<string> Fields(string file, char separator, int index) =>
        File.Exists(file) ? File.ReadLines(file).Select(l => l.Split(separator)).Where(f => f.Length > index).Select(f => f[index]) : [];

    [GeneratedRegex(@"\\([0-7]{3})", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
