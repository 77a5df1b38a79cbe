namespace Lightnix.Storage;

/// <summary>Commands of the tool <c>lightnix</c> for one store, as messages advise them: a line that can be copied into a shell.</summary>
/// <param name="Store">The store's folder.</param>
/// <param name="Default">The folder that the tool takes without <c>--store</c>; null where that is not known.</param>
public sealed record ToolCommands(string Store, string? Default = null)
{
    /// <summary>What helps against most damage.</summary>
    internal string RepairCure => $"'{Of("verify --repair")}' mends it, or takes it out so that it is made again";

    internal string Repair => Of("verify --repair");

    /// <summary>A command, with <c>--store</c> unless the tool takes this store anyway.</summary>
    public string Of(string verb) => Store == Default ? $"lightnix {verb}" : $"lightnix {verb} --store {Word(Store)}";

    // As shells read it.
    static string Word(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+:@%,=".Contains(c, StringComparison.Ordinal)) ? path
        : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
