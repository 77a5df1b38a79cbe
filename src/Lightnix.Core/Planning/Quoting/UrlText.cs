using System.Text.RegularExpressions;

namespace Lightnix.Planning;

/// <summary>The text of a URL: its mistakes, and the form for messages.</summary>
public static partial class UrlText
{
    const string Hidden = "***";

    [GeneratedRegex("(?<name>[?&#](?:[^&#=]*=)?)(?<value>[^&#]*)")]
    private static partial Regex QueryPart { get; }

    const string Right = "a URL begins with 'https://', 'http://' or 'file:///'; mirrors are separated by ';'";

    /// <summary>What would be right; null where the URL can be asked for.</summary>
    public static string? Problem(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return uri.Scheme is not ("https" or "http" or "file") || !url.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase)
                ? Right
                : uri.IsFile && uri.Host.Length > 0 && Path.DirectorySeparatorChar == '/'
                    ? $"a file URL of this machine has three slashes, as 'file:///data.csv'; '{uri.Host}' is read as the name of another "
                        + "machine"
                : null;
        if (!url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && !url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            return Right;
        // What stands before a later '@' may be a password: it is not quoted.
        if (url.LastIndexOf('@') >= url.IndexOf("://", StringComparison.Ordinal) + 3 + Authority(url).Length)
            return "a '/', '?' or '#' in a password is written as %2F, %3F or %23, and a port is a number up to 65535";
        var host = Authority(url)[(Authority(url).LastIndexOf('@') + 1)..];
        var colon = host.LastIndexOf(':') is >= 0 and var last && !host.EndsWith(']') ? last : host.Length;
        return host.Length == 0 || colon == 0 ? "it names no host, as in 'https://example.org/data.csv'"
            : colon < host.Length && !ushort.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? $"'{host[(colon + 1)..]}' is no port; a port is a number up to 65535"
                : $"'{host}' is no host, or the path has a character that is to be escaped, as a blank by %20";
    }

    /// <summary>The URL for messages, logs and records: without a user's name and password, and without the values of its query, which may
    /// be a signature.</summary>
    public static string Shown(string url) => WithoutValues(WithoutUser(url));

    // The names stay, because they distinguish two mirrors. A query without names is one value. A file has no query.
    static string WithoutValues(string url)
    {
        if (url.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            || url.IndexOf("://", StringComparison.Ordinal) is not (>= 0 and var colon))
            return url;
        return url.AsSpan(colon).IndexOfAny('?', '#') is >= 0 and var at
            ? url[..(colon + at)] + string.Concat(QueryPart.Matches(url[(colon + at)..])
                .Select(m => m.Groups["name"].Value + (m.Groups["value"].Length > 0 ? Hidden : "")))
            : url;
    }

    static string WithoutUser(string url)
    {
        if (url.IndexOf("://", StringComparison.Ordinal) is not (>= 0 and var colon))
            return url;
        var start = colon + 3;
        // In an invalid URL, a password may hold any character.
        var end = Uri.TryCreate(url, UriKind.Absolute, out _) ? start + Authority(url).Length : url.Length;
        return end > start && url.LastIndexOf('@', end - 1, end - start) is >= 0 and var at ? url[..start] + url[(at + 1)..] : url;
    }

    // From the host's user to its port.
    static string Authority(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        return url.AsSpan(start).IndexOfAny('/', '?', '#') is >= 0 and var end ? url.Substring(start, end) : url[start..];
    }
}
