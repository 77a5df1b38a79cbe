using System.Text.RegularExpressions;

namespace Lightnix.Promises;

/// <summary>A pattern for paths below a folder, as in MSBuild items: <c>*</c> and <c>?</c> inside a name, <c>**</c> for any folders; case
/// counts, on every system. Made here because Microsoft.Extensions.FileSystemGlobbing has no <c>?</c> and makes its paths absolute by the
/// current directory.</summary>
internal sealed class Glob(string pattern)
{
    readonly Regex _regex =
        new(@"\A" + Expression(pattern) + @"\z", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);

    public bool Matches(RelativePath path) => _regex.IsMatch(path.ToString());

    static string Expression(string pattern)
    {
        var segments = pattern.Split('/', '\\').Where(s => s.Length > 0 && s != ".").ToArray();
        return string.Concat(segments.Select((s, i) => (s, i == segments.Length - 1) switch
        {
            ("**", true) => ".+",
            ("**", false) => "(?:[^/]+/)*",
            (_, true) => Segment(s),
            _ => Segment(s) + "/",
        }));
    }

    static string Segment(string segment) =>
        Regex.Escape(segment).Replace("\\*", "[^/]*", StringComparison.Ordinal).Replace("\\?", "[^/]", StringComparison.Ordinal);
}
