using System.Text.RegularExpressions;

namespace Lightnix.Tasks;

/// <summary>Finds <c>@(…)</c> in a text. MSBuild replaces it by a list of items; an author may have meant PowerShell's array.</summary>
static partial class ItemReferences
{
    /// <summary>Every reference to items, also with a transform and a separator. A pattern of bash, as <c>@(a|b)</c>, is none.</summary>
    public static ImmutableArray<ItemReference> In(string unevaluated) => unevaluated.Contains("@(", StringComparison.Ordinal)
        ? [.. Reference.Matches(unevaluated).Select(m => new ItemReference(m.Value, m.Groups["name"].Value))]
        : [];

    /// <summary>True when a project's text uses items of this name.</summary>
    public static bool AreIn(string text, string name) =>
        text.Contains(name, StringComparison.OrdinalIgnoreCase)
        && Regex.IsMatch(
            text,
            $@"@\(\s*{Regex.Escape(name)}(?!\w|-(?!>))|%\(\s*{Regex.Escape(name)}\s*\.",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    [GeneratedRegex(
        """@\(\s*(?<name>[A-Za-z_][A-Za-z_0-9\-]*)\s*(->\s*('[^']*'|\w+\([^()]*\))\s*)*(,\s*'[^']*'\s*)?\)""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Reference { get; }
}

/// <summary>One reference to items, or to metadata.</summary>
/// <param name="Text">As written, with its parentheses.</param>
/// <param name="Name">The name of the items, or of the metadata.</param>
sealed record ItemReference(string Text, string Name);
