namespace Lightnix.Storage;

/// <summary>Commands of the tool <c>lightnix</c> for one store, as lines that can be copied into a shell.</summary>
/// <param name="Store">The store's folder.</param>
/// <param name="Default">The folder that the tool takes without <c>--store</c>; null where that is not known.</param>
public sealed record ToolCommands(string Store, string? Default = null)
{
    /// <summary>The cure for most damage, as the end of a message.</summary>
    internal string RepairCure => $"'{Repair}' mends it, or takes it out so that it is made again";

    internal string Repair => Of("verify --repair");

    /// <summary>A command, with <c>--store</c> unless the tool takes this store anyway.</summary>
    public string Of(string verb) => Store == Default ? $"lightnix {verb}" : $"lightnix {verb} --store {Quoted(Store)}";

    // As shells read it.
    static string Quoted(string path)
    {
        var isPlain = path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+:@%,=".Contains(c, StringComparison.Ordinal));
        return isPlain ? path : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
