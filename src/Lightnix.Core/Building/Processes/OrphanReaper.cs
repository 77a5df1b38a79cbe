using System.IO.Pipes;

namespace Lightnix.Building;

/// <summary>A shell in a session of its own that outlives a killed build and ends its builders. It notices the death by a pipe, and knows
/// builders by their marks. Where it cannot start, the next build ends them.</summary>
sealed class OrphanReaper : IDisposable
{
    const string Over = "over";

    /// <summary>Each line is a mark. Input that ends without the last word was cut off.</summary>
    const string Text = $$"""
        trap '' HUP INT QUIT TERM
        marks=
        while read -r mark; do
          [ "$mark" = {{Over}} ] && exit
          marks="$marks$mark
        "
        done
        tries=0
        signal=TERM
        while [ $tries -lt 100 ]; do
          found=$(printf %s "$marks" | grep -lF -f - /proc/[0-9]*/environ 2> /dev/null)
          [ -n "$found" ] || exit
          if [ $tries -eq 0 ] || [ $tries -ge 20 ]; then
            for process in $found; do
              process=${process#/proc/}
              kill -s $signal "${process%/environ}" 2> /dev/null
            done
          fi
          sleep 0.1
          tries=$((tries+1))
          [ $tries -lt 20 ] || signal=KILL
        done
        """;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    readonly SemaphoreSlim _gate = new(1, 1);
    AnonymousPipeServerStream? _pipe;
    IChild? _child;
    bool _tried;

    /// <summary>Adds a builder that is about to start.</summary>
    public async Task WatchAsync(ProcessMark mark)
    {
        if (!SystemTraits.HasProcessTable || mark.ToString().Contains('\n', StringComparison.Ordinal))
            return;
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_tried)
                await StartAsync().ConfigureAwait(false);
            _pipe?.Write(Encoding.UTF8.GetBytes($"{mark}\n"));
        }
        catch (IOException)
        {
            // It was ended from outside.
        }
        finally
        {
            _gate.Release();
        }
    }

    async Task StartAsync()
    {
        _tried = true;
        var pipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        try
        {
            _child = await PosixChild.StartAsync(new()
            {
                File = "/bin/sh",
                Name = "sh",
                Words = ["-c", Text],
                // Programs of the system: a builder may have written a folder of the build's path.
                Environment = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("PATH", SandboxGuard.Path),
                Folder = "/",
                Input = pipe.ClientSafePipeHandle,
                LogFile = "/dev/null",
            }).ConfigureAwait(false);
            pipe.DisposeLocalCopyOfClientHandle();
            _pipe = pipe;
        }
        catch (StartException)
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>All builders have ended, and the shell ends too.</summary>
    public void Dispose()
    {
        try
        {
            _pipe?.Write(Encoding.UTF8.GetBytes(Over + "\n"));
            _pipe?.Dispose();
        }
        catch (IOException)
        {
            // It was ended from outside.
        }
        if (_child is not null && _child.Exited.Wait(Patience))
            _child.Collect();
        _child = null;
        _gate.Dispose();
    }
}
