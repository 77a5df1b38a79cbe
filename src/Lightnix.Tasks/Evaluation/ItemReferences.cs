using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Lightnix.Planning;

/// <summary>Finds <c>@(…)</c> in the text of a command, which MSBuild replaces by a list of items before anybody sees it, where the author may have meant an array of PowerShell.</summary>
public static partial class ItemReferences
{
    /// <summary>Every reference that MSBuild takes for one: a name, also with a transform and a separator. What bash takes for a pattern, as <c>@(a|b)</c>, is none.</summary>
    public static ImmutableArray<ItemReference> In(string unevaluated) =>
        unevaluated.Contains("@(", StringComparison.Ordinal) ? [.. Reference.Matches(unevaluated).Select(m => new ItemReference(m.Value, m.Groups["name"].Value))] : [];

    /// <summary>True when a project's text takes items of this name.</summary>
    public static bool AreIn(string text, string name) =>
        text.Contains(name, StringComparison.OrdinalIgnoreCase)
        && Regex.IsMatch(text, $@"@\(\s*{Regex.Escape(name)}(?!\w|-(?!>))|%\(\s*{Regex.Escape(name)}\s*\.", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex("""@\(\s*(?<name>[A-Za-z_][A-Za-z_0-9\-]*)\s*(->\s*('[^']*'|\w+\([^()]*\))\s*)*(,\s*'[^']*'\s*)?\)""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Reference { get; }
}

/// <summary>One reference to items, or to a metadatum.</summary>
/// <param name="Text">As written, with its parentheses.</param>
/// <param name="Name">Of the items, or of the metadatum.</param>
public sealed record ItemReference(string Text, string Name);
