using System.Collections.Immutable;
using System.IO.Pipes;
using System.Text;

namespace Lightnix.Building;

/// <summary>
/// A small process that waits for this one to end, and ends the builders that it left running: a build that is killed can do nothing more
/// for them. It is a shell
/// with a session of its own, which learns of the death by a pipe, and knows builders by their marks. Where it cannot be had, the next
/// build does its work.
/// </summary>
sealed class Watchman : IDisposable
{
    const string Over = "over";

    /// <summary>Each line is a mark. What is not over and has come to its end was cut off.</summary>
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

    /// <summary>Lets the watchman know of a builder that is about to be started.</summary>
    public async Task WatchAsync(EnvironmentMark mark)
    {
        // A line is a line to it.
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
            // Somebody ended it.
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
                // The system's own programs: a folder of the build's path may be the work of a builder.
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

    /// <summary>All builders have ended: so does the watchman.</summary>
    public void Dispose()
    {
        try
        {
            _pipe?.Write(Encoding.UTF8.GetBytes(Over + "\n"));
            _pipe?.Dispose();
        }
        catch (IOException)
        {
            // Somebody ended it.
        }
        if (_child is not null && _child.Exited.Wait(Patience))
            _child.Collect();
        _child = null;
        _gate.Dispose();
    }
}
