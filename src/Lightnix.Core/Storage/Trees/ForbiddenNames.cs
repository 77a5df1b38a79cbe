using System.Text.RegularExpressions;

namespace Lightnix.Storage;

/// <summary>Names of a tree that are names here, and on Windows none: kept, but the tree cannot be placed on every system.</summary>
public static partial class ForbiddenNames
{
    [GeneratedRegex(@"[\x01-\x1f""*:<>?\\|]")]
    private static partial Regex Character { get; }

    /// <summary>True where such a tree cannot be placed: its names must be refused before any is made.</summary>
    internal static bool MatterHere => !FileModes.Exist;

    /// <summary>Sentences for a warning, sorted; empty for almost every tree.</summary>
    public static ImmutableArray<string> Of(Tree tree)
    {
        var paths = new HashSet<RelativePath>();
        foreach (var entry in tree.Entries)
        {
            for (var path = entry.Path; !path.IsRoot && paths.Add(path);)
                path = path.Parent;
        }
        return [.. paths.Order().Select(p => (Path: p, Why: Why(p.Name))).Where(p => p.Why is not null)
            .Select(p => $"'{Visible.Short(p.Path.ToString())}' {p.Why}")];
    }

    static string? Why(string name) =>
        Character.Match(name) is { Success: true } character ? $"has a '{character.Value}', which no name on Windows may have"
        : name[^1] is '.' or ' ' ? "ends with a point or a blank, which Windows takes away"
        : DeviceNames.Has(name) ? "is a device on Windows"
        : null;
}
