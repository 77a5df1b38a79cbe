using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Fetches one file from the first mirror that has the right bytes.</summary>
/// <param name="environment">The environment of the build, with proxies, certificates and credentials.</param>
sealed class Downloads(DownloadPolicy policy, ImmutableSortedDictionary<string, string> environment) : IDisposable
{
    /// <summary>An attempt that brought so many bytes is not counted. So a large file comes over a bad line.</summary>
    public const long Much = 1 << 20;

    readonly MirrorFetch _mirror = new(environment, policy);

    public void Dispose() => _mirror.Dispose();

    public async Task<DownloadOutcome> FetchAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (request.TimeLimit is { } limit && limit.TotalMilliseconds < uint.MaxValue - 1)
            limited.CancelAfter(limit);
        var log = new DownloadLog(request.LogFile);
        // An archive has no entry of this name.
        var partial = Path.Combine(request.Folder, $".lightnix-{Guid.NewGuid():N}");
        try
        {
            return await FromMirrorsAsync(request, partial, log, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DownloadOutcome.Failed($"the time limit of {Durations.Declared(request.TimeLimit!.Value)} was reached")
            {
                TimedOut = true,
            };
        }
        catch (DownloadException e)
        {
            log.Write(e.Message);
            return e.IsRefusal ? new DownloadOutcome.Refused(e.Message) : new DownloadOutcome.Failed(e.Message);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    async Task<DownloadOutcome> FromMirrorsAsync(DownloadRequest request, string partial, DownloadLog log,
        CancellationToken cancellationToken)
    {
        var wrong = ImmutableArray.CreateBuilder<(string, Digest)>();
        var failures = new List<string>();
        foreach (var url in request.Urls)
        {
            var shown = UrlText.Shown(url);
            Digest digest;
            try
            {
                digest = await TryMirrorAsync(url, partial, log, cancellationToken).ConfigureAwait(false);
            }
            catch (DownloadException e)
            {
                failures.Add($"{shown}: {e.Message}");
                continue;
            }
            if (digest == request.Sha256)
            {
                Deliver(request, partial, log, cancellationToken);
                return new DownloadOutcome.Fetched(shown);
            }
            log.Write($"  its SHA-256 is {digest}, not {request.Sha256}");
            wrong.Add((shown, digest));
        }
        return wrong.Count > 0 ? new DownloadOutcome.WrongHash(wrong.ToImmutable())
            : new DownloadOutcome.Failed(string.Join("; ", failures));
    }

    async Task<Digest> TryMirrorAsync(string url, string partial, DownloadLog log, CancellationToken cancellationToken)
    {
        using var part = new PartialFile(partial);
        for (var (attempt, pause) = (1, policy.Pause); ; attempt++, pause *= 2)
        {
            var before = part.Length;
            log.Write($"fetching {UrlText.Shown(url)}");
            try
            {
                await _mirror.FetchAsync(url, part, log, cancellationToken).ConfigureAwait(false);
                return part.Digest();
            }
            catch (DownloadException e)
            {
                if (part.Length - before >= Much)
                    (attempt, pause) = (0, policy.Pause / 2);
                var wait = e.After > pause ? e.After.Value : pause;
                if (wait > policy.LongestPause)
                    throw Logged(log, new($"{e.Message}, and asks to wait {wait.TotalSeconds:F0} s"));
                if (!e.Passing || attempt >= policy.Tries)
                    throw Logged(log, e);
                log.Write($"  {e.Message}; trying again");
                await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    static DownloadException Logged(DownloadLog log, DownloadException e)
    {
        log.Write($"  {e.Message}");
        return e;
    }

    static void Deliver(DownloadRequest request, string partial, DownloadLog log, CancellationToken cancellationToken)
    {
        log.Write($"  {DownloadLog.Size(new FileInfo(partial).Length)}, SHA-256 as declared");
        if (request.Unpack)
            Unpacker.Unpack(partial, request.FileName, request.Folder, cancellationToken);
        else
            File.Move(partial, Path.Combine(request.Folder, request.FileName));
    }
}
