using System.Globalization;

namespace Lightnix.Planning;

/// <summary>The text of a URL: what is wrong with it, and how others may see it.</summary>
public static class UrlText
{
    const string Right = "a URL begins with 'https://', 'http://' or 'file:///'; mirrors are separated by ';'";

    /// <summary>What would be right; null where the URL can be asked for.</summary>
    public static string? Problem(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return uri.Scheme is not ("https" or "http" or "file") || !url.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase) ? Right
                : uri.IsFile && uri.Host is not ("" or "localhost") && Path.DirectorySeparatorChar == '/' ? $"a file URL of this machine has three slashes, as 'file:///data.csv'; '{uri.Host}' is read as the name of another machine"
                : null;
        if (!url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            return Right;
        var host = Authority(url)[(Authority(url).LastIndexOf('@') + 1)..];
        var port = host[(host.LastIndexOf(':') + 1)..];
        return host.Length == 0 ? "after 'https://' comes a host, as 'https://example.com/data.csv'"
            : port.Length < host.Length && port.Length > 0 && port.All(char.IsAsciiDigit) && (port.Length > 5 || int.Parse(port, CultureInfo.InvariantCulture) > ushort.MaxValue)
                ? $"a port is a number up to 65535, and '{port}' is none"
                : $"a URL is a host and a path, as 'https://example.com/data.csv', and '{host}' is no host; a '/', '?', '#' or '@' in a password is written as %2F, %3F, %23 or %40";
    }

    /// <summary>The URL without a user's name and password, for messages, logs and records.</summary>
    public static string Shown(string url)
    {
        if (url.IndexOf("://", StringComparison.Ordinal) is not (>= 0 and var colon))
            return url;
        var start = colon + 3;
        // In a URL that is none, a password may hold anything.
        var end = Uri.TryCreate(url, UriKind.Absolute, out _) ? start + Authority(url).Length : url.Length;
        return url.LastIndexOf('@', Math.Max(start, end - 1), Math.Max(0, end - start)) is >= 0 and var at ? url[..start] + url[(at + 1)..] : url;
    }

    // From the host's user to its port.
    static string Authority(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        return url.AsSpan(start).IndexOfAny('/', '?', '#') is >= 0 and var end ? url.Substring(start, end) : url[start..];
    }
}
