using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Lightnix.Hashing;

namespace Lightnix.Building;

/// <summary>Proxies, credentials and certificates come from the environment of the build, whatever the process had.</summary>
public sealed class DownloadEnvironments : IDisposable
{
    static readonly byte[] Body = [.. "the data\n"u8];

    readonly BuilderBench _bench = new();
    readonly TinyServer _server = new();
    readonly Dictionary<string, string> _environment = [];

    public void Dispose()
    {
        _server.Dispose();
        _bench.Dispose();
    }

    async Task<DownloadOutcome> Fetch(params string[] urls)
    {
        var policy = new DownloadPolicy(1, TimeSpan.Zero, TimeSpan.FromSeconds(30), 1024, TimeSpan.Zero);
        using var downloads = new Downloads(policy, _environment.ToImmutableSortedDictionary(StringComparer.Ordinal));
        File.Delete(Path.Combine(_bench.Out, "a"));
        return await downloads.FetchAsync(new([.. urls], Digest.Of(Body), "a", false, _bench.Out, _bench.LogFile, null),
            CancellationToken.None);
    }

    string Host => new Uri(_server.Url("")).Authority;

    string LastHead => _server.Heads.Last();

    static string Basic(string text) => "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) + "\n";

    [Fact]
    public async Task A_proxy_is_asked()
    {
        _server.File("x", Body);
        foreach (var name in new[] { "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY" })
        {
            _environment.Clear();
            _environment[name] = _server.Url("");
            Assert.IsType<DownloadOutcome.Fetched>(await Fetch("http://data.example/x"));
            Assert.StartsWith("GET http://data.example/x ", LastHead, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_proxy_that_is_down_is_named()
    {
        _environment["http_proxy"] = "me:secret@127.0.0.1:1";
        Assert.Equal(new DownloadOutcome.Failed($"{_server.File("x", Body)}: Connection refused, by way of the proxy 'http://127.0.0.1:1'"),
            await Fetch(_server.Url("x")));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("*", true)]
    [InlineData("a.example, 127.0.0.0/8", true)]
    [InlineData("127.0.0.1:{port}", true)]
    [InlineData("127.0.0.1:1", false)]
    [InlineData("0.0.1", false)]
    [InlineData("10.0.0.0/8", false)]
    public async Task A_proxy_is_passed_by(string exceptions, bool passed)
    {
        _environment["http_proxy"] = "127.0.0.1:1";
        _environment["no_proxy"] = exceptions.Replace("{port}",
            new Uri(_server.Url("")).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(passed, await Fetch(_server.File("x", Body)) is DownloadOutcome.Fetched);
    }

    [Theory]
    [InlineData("example.com", "http://example.com/", true)]
    [InlineData("example.com", "http://data.example.com/", true)]
    [InlineData(".example.com", "http://data.Example.com/", true)]
    [InlineData("*.example.com", "http://data.example.com/", true)]
    [InlineData("example.com", "http://badexample.com/", false)]
    [InlineData("example.com:8080", "http://example.com:8080/", true)]
    [InlineData("example.com:8080", "http://example.com/", false)]
    [InlineData("::1", "http://[::1]:5/", true)]
    [InlineData("[::1]:5", "http://[::1]:5/", true)]
    [InlineData("fd00::/8", "http://[fd00::7]/", true)]
    [InlineData("", "http://example.com/", false)]
    public void What_no_proxy_lists(string list, string url, bool included) =>
        Assert.Equal(included, new ProxyExceptions(list).Include(new Uri(url)));

    [Fact]
    public async Task Credentials_of_a_proxy_are_sent_to_it_and_never_shown()
    {
        _server.AnswerTo("x",
            head => head.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String("me:p@ss"u8), StringComparison.Ordinal)
            ? [.. "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\n"u8, .. Body]
            : [.. "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8]);
        _environment["http_proxy"] = $"http://me:p%40ss@{Host}";
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch("http://data.example/x"));

        _environment["http_proxy"] = $"http://me:p%40ss@{Host}:99999";
        var failed = Assert.IsType<DownloadOutcome.Failed>(await Fetch("http://data.example/x"));
        Assert.Equal(
            $"http://data.example/x: http_proxy is 'http://{Host}:99999', which is no proxy; it is written as "
            + "'http://proxy.example.com:3128'", failed.Reason);

        _environment.Clear();
        _environment["https_proxy"] = $"http://me:p%40ss@{Host}";
        failed = Assert.IsType<DownloadOutcome.Failed>(await Fetch("https://data.example/x"));
        Assert.DoesNotContain("p%40ss", failed.Reason + _bench.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_in_a_URL_are_sent_and_never_shown()
    {
        _server.AnswerTo("x", head => head.Contains(Basic("user:se/cret"), StringComparison.Ordinal)
            ? [.. "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\n"u8, .. Body]
            : [.. "HTTP/1.1 401 Who\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8]);
        var outcomes = new[]
        {
            await Fetch($"http://user:wrong-secret@{Host}/x"),
            await Fetch($"http://user:se%2Fcret@{Host}/x"),
        };
        Assert.Equal(new DownloadOutcome.Failed($"http://{Host}/x: the server answered 401 Who"), outcomes[0]);
        Assert.Equal(new DownloadOutcome.Fetched($"http://{Host}/x"), outcomes[1]);
        Assert.DoesNotContain("cret", _bench.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_go_to_their_own_server_only()
    {
        using var other = new TinyServer();
        other.File("there", Body);
        _server.File("there", Body);
        _server.Status("away", "302 Found", $"Location: {other.Url("there")}\r\n");
        _server.Status("here", "302 Found", "Location: /there\r\n");
        _server.Status("named", "302 Found", $"Location: http://them:theirs@{new Uri(other.Url("")).Authority}/there\r\n");

        Assert.IsType<DownloadOutcome.Fetched>(await Fetch($"http://user:secret@{Host}/here"));
        Assert.Contains(Basic("user:secret"), LastHead, StringComparison.Ordinal);
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch($"http://user:secret@{Host}/away"));
        Assert.DoesNotContain("Authorization", other.Heads.Last(), StringComparison.Ordinal);
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch($"http://user:secret@{Host}/named"));
        Assert.Contains(Basic("them:theirs"), other.Heads.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_of_one_build_are_not_sent_by_the_next()
    {
        var url = _server.Raw("x",
            $"HTTP/1.1 200 OK\r\nSet-Cookie: session=secret; Path=/\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n", Body);

        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(url));
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(url));

        Assert.Equal(2, _server.Heads.Count);
        Assert.DoesNotContain("Cookie:", LastHead, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Credentials_come_from_netrc()
    {
        var url = _server.File("x", Body);
        var file = Path.Combine(_bench.Root, ".netrc");
        await File.WriteAllTextAsync(file,
            "machine other.example login a password b\n# machine 127.0.0.1 login c password d\nmachine 127.0.0.1\n  login me\n  password "
            + "\"p \\\"w\"\n");

        _environment["HOME"] = _bench.Root;
        await Fetch(url);
        Assert.Contains(Basic("me:p \"w"), LastHead, StringComparison.Ordinal);

        _environment["NETRC"] = Path.Combine(_bench.Root, "other");
        await Fetch(url);
        Assert.DoesNotContain("Authorization", LastHead, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_environment["NETRC"],
            "macdef init\nmachine 127.0.0.1 login x password y\n\ndefault login d password e\n");
        await Fetch(url);
        Assert.Contains(Basic("d:e"), LastHead, StringComparison.Ordinal);

        await Fetch($"http://own:word@{Host}/x");
        Assert.Contains(Basic("own:word"), LastHead, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Certificates_are_those_of_the_environment()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var end = new CancellationTokenSource();
        var serving = ServeAsync(listener, certificate, end.Token);
        var url = $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/x";
        var file = Path.Combine(_bench.Root, "ca.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());

        Assert.IsType<DownloadOutcome.Failed>(await Fetch(url));
        _environment["SSL_CERT_FILE"] = file;
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(url));
        _environment.Clear();
        Assert.IsType<DownloadOutcome.Failed>(await Fetch(url));
        _environment["SSL_CERT_DIR"] = $"/no/such:{_bench.Root}";
        Assert.IsType<DownloadOutcome.Fetched>(await Fetch(url));
        _environment["SSL_CERT_FILE"] = "/no/such";
        Assert.StartsWith($"{url}: SSL_CERT_FILE is '/no/such', which holds no certificates: ",
            Assert.IsType<DownloadOutcome.Failed>(await Fetch(url)).Reason, StringComparison.Ordinal);

        await end.CancelAsync();
        await serving;
    }

    static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(end);
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, end);
                using var reader = new StreamReader(stream, leaveOpen: true);
                while (await reader.ReadLineAsync(end) is { Length: > 0 })
                {
                }
                await stream.WriteAsync((byte[])[.. "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\n"u8, .. Body], end);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException
                or System.Security.Authentication.AuthenticationException)
            {
                // The client did not trust it.
            }
        }
    }
}
