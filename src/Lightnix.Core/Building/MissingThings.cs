using System.Text.RegularExpressions;

namespace Lightnix.Building;

/// <summary>Finds what a program printed about missing or protected files, and about machines that it cannot reach.</summary>
static partial class MissingThings
{
    static readonly string[] Phrases =
    [
        "not found", "notfound", "no such", "nosuch", "no module named", "no package", "not exist", "n't exist", "missing",
        "cannot open", "can't open", "not open", "cannot read", "not read", "unable to open", "failed to open", "cannot find", "can't find",
        "not find", "unable to find", "unable to locate", "cannot access", "error opening", "error reading",
        "permission denied", "access denied", "not permitted", "read-only", "refused", "unreachable", "resolve", "getaddrinfo",
        "name or service", "network", "connect", "offline", "timed out",
    ];

    /// <summary>The lines that report it, the last one first.</summary>
    /// <param name="printed">The end of a log.</param>
    public static IEnumerable<string> Lines(string printed)
    {
        var lines = printed.Split('\n');
        // Python prints the error last. Lines above an error in the code are no cause.
        return (ErrorInCode().IsMatch(lines[^1]) ? lines[^1..] : lines).Reverse()
            .Where(l => Phrases.Any(p => l.Contains(p, StringComparison.OrdinalIgnoreCase)));
    }

    [GeneratedRegex("^(?:Syntax|Indentation|Tab|Name|UnboundLocal|Type|Value|Key|Index|Attribute|ZeroDivision|Assertion|Recursion)Error\\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex ErrorInCode();
}
