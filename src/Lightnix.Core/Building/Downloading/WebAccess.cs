using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;

namespace Lightnix.Building;

/// <summary>The way to servers, as the environment of a build describes it: proxies, certificates, credentials.</summary>
/// <remarks>.NET reads these variables once in a process. Processes of MSBuild stay for builds with other environments.</remarks>
sealed class WebAccess : IDisposable
{
    readonly EnvironmentProxy _proxy;
    readonly Netrc _netrc;
    readonly HttpClient _http;

    /// <exception cref="DownloadException">A variable names what cannot be used.</exception>
    public WebAccess(ImmutableSortedDictionary<string, string> environment)
    {
        _proxy = new(environment);
        _netrc = Netrc.Of(environment);
        // Nothing is decompressed on the way: the hash is of the bytes as published.
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

    /// <param name="url">May have a user's name and password.</param>
    /// <param name="first">The URL that was declared: its credentials are for its own server only.</param>
    public HttpRequestMessage Request(Uri url, Uri first)
    {
        _proxy.Check(url);
        // .NET sends no fragment, and would put the credentials into messages.
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

    /// <summary>The proxy that is asked for a URL, to be said after what went wrong; empty where there is none.</summary>
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
