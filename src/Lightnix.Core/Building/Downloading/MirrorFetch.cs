using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Lightnix.Archives;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Copies the bytes of one URL, or the rest of them, into a file.</summary>
sealed class MirrorFetch(ImmutableSortedDictionary<string, string> environment, DownloadPolicy policy) : IDisposable
{
    const int MostRedirects = 20;
    readonly Lazy<WebAccess> _web = new(() => new(environment));

    public void Dispose()
    {
        if (_web.IsValueCreated)
            _web.Value.Dispose();
    }

    /// <exception cref="DownloadException">The bytes did not come.</exception>
    public async Task FetchAsync(string url, PartialFile part, DownloadLog log, CancellationToken cancellationToken)
    {
        if (UrlText.Problem(url) is not null)
            throw new DownloadException("it is no http, https or file URL");
        var way = new Way(new Uri(url));
        try
        {
            await FetchAsync(way, part, log, cancellationToken).ConfigureAwait(false);
        }
        catch (DownloadException e) when (way.IsRedirected)
        {
            // The machine that answered last wants a password or is down.
            throw new DownloadException($"redirected to {Redirect.Shown(way.At.AbsoluteUri)}: {e.Message}", e.Passing, e.After);
        }
    }

    /// <summary>The URL, and those to which redirects led.</summary>
    sealed class Way(Uri declared)
    {
        public Uri Declared { get; } = declared;
        public Uri At { get; set; } = declared;
        public bool IsRedirected => At != Declared;
    }

    async Task FetchAsync(Way way, PartialFile part, DownloadLog log, CancellationToken cancellationToken)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        quiet.CancelAfter(policy.Silence);
        try
        {
            if (way.Declared.IsFile)
                await FromFileAsync(way.Declared, part, log, quiet).ConfigureAwait(false);
            else
                await FromServerAsync(way, part, log, quiet).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DownloadException($"nothing came for {policy.Silence.TotalSeconds} s", passing: !way.Declared.IsFile);
        }
        catch (HttpRequestException e)
        {
            throw new DownloadException(Visible.Text(e.InnerException?.Message ?? e.Message) + _web.Value.Way(way.At), passing: true);
        }
        catch (Exception e) when (e is not (OperationCanceledException or DownloadException or OutOfMemoryException))
        {
            // Libraries read what a server sends, and may throw anything. This mirror failed.
            throw new DownloadException(Visible.Text(e is IOException or UnauthorizedAccessException ? e.Message
                : $"{e.GetType().Name}: {e.Message}"), passing: e is HttpIOException);
        }
    }

    async Task FromFileAsync(Uri uri, PartialFile part, DownloadLog log, CancellationTokenSource quiet)
    {
        // To open a FIFO waits for a writer.
        using var from = await Task.Run(() => File.OpenRead(uri.LocalPath), quiet.Token).WaitAsync(quiet.Token).ConfigureAwait(false);
        if (!from.CanSeek)
            throw new DownloadException("it is no regular file");
        part.Restart();
        await CopyAsync(new PartStream(from, from.Length), from.Length, part, log, quiet).ConfigureAwait(false);
    }

    async Task FromServerAsync(Way way, PartialFile part, DownloadLog log, CancellationTokenSource quiet)
    {
        using var response = await AskAsync(way, part, log, quiet).ConfigureAwait(false);
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent when part.CanResume && response.Content.Headers.ContentRange?.From == part.Length:
                log.Write($"  going on after {DownloadLog.Size(part.Length)}");
                break;
            case HttpStatusCode.OK:
                part.Restart();
                part.Version = VersionOf(response);
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when part.CanResume:
                part.Restart();
                throw new DownloadException("the server cannot go on where it stopped", passing: true);
            default:
                throw new DownloadException(Answer(response), IsPassing(response.StatusCode), RetryAfter(response));
        }
        if (response.Content.Headers.ContentEncoding is { Count: > 0 } encoding)
            log.Write($"  the server sends it as '{Visible.Text(string.Join(',', encoding))}', unasked; it is kept as it comes");
        var total = response.Content.Headers.ContentLength + part.Length;
        using var from = await response.Content.ReadAsStreamAsync(quiet.Token).ConfigureAwait(false);
        await CopyAsync(from, total, part, log, quiet).ConfigureAwait(false);
    }

    // .NET's own code throws at some redirects, and would send credentials along.
    async Task<HttpResponseMessage> AskAsync(Way way, PartialFile part, DownloadLog log, CancellationTokenSource quiet)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = _web.Value.Request(way.At, first: way.Declared);
            if (part.CanResume)
            {
                request.Headers.Range = new RangeHeaderValue(part.Length, null);
                request.Headers.IfRange = part.Version;
            }
            var response = await _web.Value.SendAsync(request, quiet.Token).ConfigureAwait(false);
            if (Redirect.Target(response) is not { } target)
                return response;
            using (response)
            {
                if (redirects == MostRedirects)
                    throw new DownloadException($"{Answer(response)}, and so did {MostRedirects} before it");
                way.At = Redirect.Follow(way.At, target) switch
                {
                    ({ } url, _) => url,
                    (_, var problem) => throw new DownloadException(Answer(response) + problem),
                };
                log.Write($"  redirected to {Redirect.Shown(way.At.AbsoluteUri)}");
            }
        }
    }

    // A weak tag does not promise the same bytes.
    static RangeConditionHeaderValue? VersionOf(HttpResponseMessage response) =>
        response.Headers.ETag is { } tag ? tag.IsWeak ? null : new(tag)
        : response.Content.Headers.LastModified is { } date ? new(date) : null;

    static string Answer(HttpResponseMessage response) =>
        Visible.Text($"the server answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd());

    static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } date } => date - (response.Headers.Date ?? DateTimeOffset.UtcNow),
        _ => null,
    };

    async Task CopyAsync(Stream from, long? total, PartialFile part, DownloadLog log, CancellationTokenSource quiet)
    {
        var buffer = new byte[128 * 1024];
        var (watch, begun, counted) = (Stopwatch.StartNew(), part.Length, part.Length);
        while (await from.ReadAsync(buffer, quiet.Token).ConfigureAwait(false) is var count and > 0)
        {
            quiet.CancelAfter(policy.Silence);
            part.Append(buffer.AsSpan(0, count));
            log.Progress(part.Length, total);
            if (watch.Elapsed < policy.Silence)
                continue;
            if (part.Length - counted < policy.LeastRate * watch.Elapsed.TotalSeconds)
                throw new DownloadException(
                    $"it came more slowly than {policy.LeastRate} bytes a second for {policy.Silence.TotalSeconds} s",
                    passing: part.Length - begun >= Downloads.Much);
            counted = part.Length;
            watch.Restart();
        }
    }
}
