using System.Diagnostics.CodeAnalysis;

namespace Lightnix.Model;

/// <summary>A path inside a tree or a working folder: segments joined by <c>/</c>, none of them empty, <c>.</c> or <c>..</c>; the empty
/// path is the folder itself. Compared exactly and ordered by UTF-8 bytes.</summary>
public sealed record RelativePath : IComparable<RelativePath>
{
    public static RelativePath Root { get; } = new("");

    readonly string _text;

    RelativePath(string text) => _text = text;

    /// <exception cref="FormatException">The text is absolute, leaves the folder, or holds NUL.</exception>
    public static RelativePath Parse(string text) =>
        TryParse(text, out var path) ? path : throw new FormatException($"'{text}' is not a relative path inside the folder");

    /// <summary>Reads a path as people write it: <c>\</c> is <c>/</c>, and <c>./a</c>, <c>a//b</c>, <c>a/</c> are accepted.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RelativePath? path)
    {
        path = null;
        if (text is null || text.Contains('\0', StringComparison.Ordinal) || text.StartsWith('/') || text.StartsWith('\\')
            || (text.Length > 1 && text[1] == ':' && char.IsAsciiLetter(text[0])))
            return false;
        var segments = text.Split('/', '\\').Where(s => s.Length > 0 && s != ".").ToArray();
        if (segments.Contains("..", StringComparer.Ordinal))
            return false;
        path = segments.Length == 0 ? Root : new(string.Join('/', segments));
        return true;
    }

    /// <summary>Reads a path as records hold it: only the normal form is accepted, and a backslash is an ordinary character.</summary>
    /// <exception cref="FormatException">A segment is empty, <c>.</c> or <c>..</c>, or holds NUL: nothing in a record may lead out of its
    /// folder.</exception>
    public static RelativePath ParseExact(string text) =>
        text.Length > 0 && text.Split('/').All(s => s is not ("" or "." or "..") && !s.Contains('\0', StringComparison.Ordinal))
            ? new(text)
            : throw new FormatException($"'{text}' is not a path inside the folder");

    /// <summary>A path from names that a file system gave: a backslash is then an ordinary character.</summary>
    public static RelativePath OfSegments(IEnumerable<string> segments) => new(string.Join('/', segments));

    public bool IsRoot => _text.Length == 0;
    public string Name => _text[(_text.LastIndexOf('/') + 1)..];

    /// <summary>The first segment, which is the whole path where it is the only one.</summary>
    public string First => _text.IndexOf('/') is var slash and >= 0 ? _text[..slash] : _text;

    public RelativePath Parent => _text.LastIndexOf('/') is var slash and >= 0 ? new(_text[..slash]) : Root;

    public RelativePath Append(RelativePath below) => IsRoot ? below : below.IsRoot ? this : new(_text + "/" + below._text);

    public RelativePath Append(string name) => IsRoot ? new(name) : new(_text + "/" + name);

    /// <summary>True for the path itself and for what lies below it.</summary>
    public bool Contains(RelativePath other) =>
        IsRoot || other._text == _text
            || (other._text.Length > _text.Length && other._text[_text.Length] == '/'
            && other._text.StartsWith(_text, StringComparison.Ordinal));

    /// <summary>The rest of <paramref name="other"/> below this path, which must contain it.</summary>
    public RelativePath RestOf(RelativePath other) =>
        IsRoot ? other : other._text.Length == _text.Length ? Root : new(other._text[(_text.Length + 1)..]);

    /// <summary>The path on this machine, below a folder.</summary>
    public string Under(string folder) => IsRoot ? folder : Path.Combine(folder, _text.Replace('/', Path.DirectorySeparatorChar));

    public int CompareTo(RelativePath? other) => Utf8Order.Instance.Compare(_text, other?._text);

    public override string ToString() => _text;
}
