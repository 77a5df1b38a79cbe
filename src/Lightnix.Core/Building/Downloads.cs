using System.Collections.Immutable;
using Lightnix.Hashing;

namespace Lightnix.Building;

/// <summary>Fetches one file from the first mirror that has the right bytes.</summary>
sealed class Downloads(DownloadPolicy policy)
{
    readonly MirrorFetch _mirror = new(policy.Silence);

    public async Task<DownloadOutcome> FetchAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (request.TimeLimit is { } limit && limit.TotalMilliseconds < uint.MaxValue - 1)
            limited.CancelAfter(limit);
        var log = new DownloadLog(request.LogFile);
        // No name that an archive would choose.
        var partial = Path.Combine(request.Folder, $".lightnix-{Guid.NewGuid():N}");
        try
        {
            return await FromMirrorsAsync(request, partial, log, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DownloadOutcome.Failed($"the time limit of {request.TimeLimit} was reached") { TimedOut = true };
        }
        catch (DownloadException e)
        {
            log.Write(e.Message);
            return new DownloadOutcome.Failed(e.Message);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    async Task<DownloadOutcome> FromMirrorsAsync(DownloadRequest request, string partial, DownloadLog log, CancellationToken cancellationToken)
    {
        var wrong = ImmutableArray.CreateBuilder<(string, Digest)>();
        var failures = new List<string>();
        foreach (var url in request.Urls)
        {
            Digest digest;
            try
            {
                digest = await TryMirrorAsync(url, partial, log, cancellationToken).ConfigureAwait(false);
            }
            catch (DownloadException e)
            {
                failures.Add($"{url}: {e.Message}");
                continue;
            }
            if (digest == request.Sha256)
            {
                Deliver(request, partial, log, cancellationToken);
                return new DownloadOutcome.Fetched(url);
            }
            log.Write($"  its SHA-256 is {digest}, not {request.Sha256}");
            wrong.Add((url, digest));
        }
        return wrong.Count > 0 ? new DownloadOutcome.WrongHash(wrong.ToImmutable()) : new DownloadOutcome.Failed(string.Join("; ", failures));
    }

    async Task<Digest> TryMirrorAsync(string url, string partial, DownloadLog log, CancellationToken cancellationToken)
    {
        for (var (attempt, pause) = (1, policy.Pause); ; attempt++, pause *= 2)
        {
            log.Write($"fetching {url}");
            try
            {
                return await _mirror.FetchAsync(url, partial, log, cancellationToken).ConfigureAwait(false);
            }
            catch (DownloadException e) when (e.Passing && attempt < policy.Tries)
            {
                log.Write($"  {e.Message}; trying again");
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            }
            catch (DownloadException e)
            {
                log.Write($"  {e.Message}");
                throw;
            }
        }
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
