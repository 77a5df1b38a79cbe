using System.Net;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>The proxies in <c>http_proxy</c>, <c>https_proxy</c>, <c>all_proxy</c> and <c>no_proxy</c>, or in capitals. Small letters win.
/// <c>HTTP_PROXY</c> does not count in a CGI program, where it is a header of a request.</summary>
sealed class EnvironmentProxy : IWebProxy, ICredentials
{
    static readonly ImmutableArray<string> Schemes = ["http", "https"];
    readonly ImmutableSortedDictionary<string, string> _environment;
    readonly ProxyExceptions _exceptions;

    public EnvironmentProxy(ImmutableSortedDictionary<string, string> environment)
    {
        _environment = environment;
        _exceptions = new(First("no_proxy", "NO_PROXY").Value ?? "");
    }

    public bool IsSet => Variable("http").Value is not null || Variable("https").Value is not null;

    ICredentials? IWebProxy.Credentials { get => this; set => throw new NotSupportedException(); }

    public bool IsBypassed(Uri host) => Find(host) is null;

    /// <summary>The URL without credentials, which .NET's messages would show.</summary>
    public Uri? GetProxy(Uri destination) =>
        Find(destination) is { } proxy ? new UriBuilder(proxy) { UserName = "", Password = "" }.Uri : null;

    public NetworkCredential? GetCredential(Uri uri, string authType)
    {
        var proxy = Proxies().FirstOrDefault(p => p.UserInfo.Length > 0 && p.Host == uri.Host && p.Port == uri.Port);
        return proxy?.UserInfo.Split(':', 2) switch
        {
            [var user, var password] => new(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)),
            [var user] => new(Uri.UnescapeDataString(user), ""),
            _ => null,
        };
    }

    /// <exception cref="DownloadException">The proxy for this URL cannot be used. .NET would ignore it.</exception>
    public void Check(Uri url)
    {
        if (Variable(url.Scheme) is (var name, { } text) && !_exceptions.Include(url) && Parse(text) is null)
            throw new DownloadException(
                $"{name} is '{UrlText.Shown(text)}', which is no proxy; it is written as 'http://proxy.example.com:3128'");
    }

    Uri? Find(Uri url) => _exceptions.Include(url) ? null : Parse(Variable(url.Scheme).Value);

    IEnumerable<Uri> Proxies() => Schemes.Select(scheme => Parse(Variable(scheme).Value)).OfType<Uri>();

    (string? Name, string? Value) Variable(string scheme) =>
        scheme == "https" ? First("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
        : _environment.ContainsKey("GATEWAY_INTERFACE") ? First("http_proxy", "all_proxy", "ALL_PROXY")
        : First("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY");

    (string? Name, string? Value) First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_environment.TryGetValue(name, out var text) && text.Trim() is { Length: > 0 } value)
                return (name, value);
        return (null, null);
    }

    static Uri? Parse(string? text)
    {
        if (text is null)
            return null;
        // .NET's SOCKS 5 lets the proxy look up names, which others call socks5h.
        var full = text.Contains("://", StringComparison.Ordinal)
            ? text.Replace("socks5h://", "socks5://", StringComparison.OrdinalIgnoreCase) : "http://" + text;
        if (!Uri.TryCreate(full, UriKind.Absolute, out var uri) || uri.Host.Length == 0
            || uri.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5"))
            return null;
        return uri.Port < 0 && uri.Scheme.StartsWith("socks", StringComparison.Ordinal) ? new UriBuilder(uri) { Port = 1080 }.Uri : uri;
    }
}
