using System.Net.Http.Headers;
using System.Reflection;

namespace Lightnix.Building;

/// <summary>HTTP access with the proxies, certificates and credentials of the environment of a build.</summary>
/// <remarks>.NET reads these variables once in a process, and MSBuild's processes serve builds with other environments.</remarks>
sealed class WebAccess : IDisposable
{
    readonly EnvironmentProxy _proxy;
    readonly Netrc _netrc;
    readonly HttpClient _http;

    /// <exception cref="DownloadException">A variable has a value that cannot be used.</exception>
    public WebAccess(ImmutableSortedDictionary<string, string> environment)
    {
        _proxy = new(environment);
        _netrc = Netrc.Of(environment);
        // The hash is of the bytes as published, so nothing is decompressed.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            Proxy = _proxy.IsSet || !SystemTraits.HasProxySettings ? _proxy : HttpClient.DefaultProxy,
            ResponseHeaderEncodingSelector = (name, _) =>
                string.Equals(name, "Location", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8 : null,
            SslOptions = { CertificateChainPolicy = TrustedCertificates.Of(environment) },
        };
        _http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var version =
            typeof(WebAccess).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        _http.DefaultRequestHeaders.Add("User-Agent", $"Lightnix/{version}");
        _http.DefaultRequestHeaders.Add("Accept-Encoding", "identity");
    }

    /// <param name="url">The URL, which may have credentials.</param>
    /// <param name="first">The declared URL. Its credentials are for its own server only.</param>
    public HttpRequestMessage Request(Uri url, Uri first)
    {
        _proxy.Check(url);
        // .NET sends no fragment, and would show credentials in messages.
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(url) { UserName = "", Password = "" }.Uri);
        var own = url.UserInfo.Length == 0
            && Uri.Compare(url, first, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0 ? first
            : url;
        if (Credentials(own) is var (user, password))
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return request;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>The proxy for a URL, as the end of a message; empty where there is none.</summary>
    public string Way(Uri url) =>
        _proxy.GetProxy(url) is { } proxy ? $", by way of the proxy '{proxy.GetLeftPart(UriPartial.Authority)}'" : "";

    public void Dispose() => _http.Dispose();

    (string User, string Password)? Credentials(Uri url)
    {
        if (url.UserInfo.Length == 0)
            return _netrc.Find(url.IdnHost, user: null);
        var colon = url.UserInfo.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0
            ? (Uri.UnescapeDataString(url.UserInfo[..colon]), Uri.UnescapeDataString(url.UserInfo[(colon + 1)..]))
            : _netrc.Find(url.IdnHost, Uri.UnescapeDataString(url.UserInfo)) ?? (Uri.UnescapeDataString(url.UserInfo), "");
    }
}
