using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using Lightnix.Hashing;

namespace Lightnix.Building;

/// <summary>Copies what one URL has into a file, once, and says what it was.</summary>
sealed class MirrorFetch(TimeSpan silence)
{
    // Proxies come from the environment, as .NET reads it. Nothing is decompressed on the way: the hash is of the bytes as published.
    static readonly HttpClient Http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(30), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", $"Lightnix/{typeof(MirrorFetch).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}" } },
    };

    /// <exception cref="DownloadException">It did not come, and why.</exception>
    public async Task<Digest> FetchAsync(string url, string file, DownloadLog log, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "file"))
            throw new DownloadException("it is no http, https or file URL");
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        quiet.CancelAfter(silence);
        try
        {
            return uri.IsFile ? await FromFileAsync(uri, file, log, quiet).ConfigureAwait(false) : await FromServerAsync(uri, file, log, quiet).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DownloadException($"nothing came for {silence.TotalSeconds} s", passing: true);
        }
        catch (HttpRequestException e)
        {
            throw new DownloadException(e.InnerException?.Message ?? e.Message, passing: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException(e.Message, passing: e is HttpIOException);
        }
    }

    async Task<Digest> FromFileAsync(Uri uri, string file, DownloadLog log, CancellationTokenSource quiet)
    {
        using var from = File.OpenRead(uri.LocalPath);
        return await CopyAsync(from, from.Length, file, log, quiet).ConfigureAwait(false);
    }

    async Task<Digest> FromServerAsync(Uri uri, string file, DownloadLog log, CancellationTokenSource quiet)
    {
        using var response = await Http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, quiet.Token).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new DownloadException($"the server answered {(int)response.StatusCode} {response.ReasonPhrase}", IsPassing(response.StatusCode));
        using var from = await response.Content.ReadAsStreamAsync(quiet.Token).ConfigureAwait(false);
        return await CopyAsync(from, response.Content.Headers.ContentLength, file, log, quiet).ConfigureAwait(false);
    }

    static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    async Task<Digest> CopyAsync(Stream from, long? total, string file, DownloadLog log, CancellationTokenSource quiet)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var to = File.Create(file, bufferSize: 1);
        var buffer = new byte[128 * 1024];
        while (await from.ReadAsync(buffer, quiet.Token).ConfigureAwait(false) is var count and > 0)
        {
            quiet.CancelAfter(silence);
            hash.AppendData(buffer, 0, count);
            to.Write(buffer, 0, count);
            log.Progress(to.Length, total);
        }
        return Digest.FromBytes(hash.GetHashAndReset());
    }
}
