using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>Cancels a build when its process is asked to end (SIGTERM, SIGHUP, an exit), and holds the process until the builders have
/// ended. Skins handle Ctrl+C themselves.</summary>
sealed class ProcessTermination : IDisposable
{
    /// <summary>Longer than the grace of builders, and shorter than that of those who end processes.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>MSBuild's loggers write in their own threads: without this pause the process ends before they report the error.</summary>
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource _asked;
    readonly ManualResetEventSlim _over = new();
    readonly PosixSignalRegistration[] _signals;
    volatile string? _reason;

    /// <param name="cancellationToken">Cancels the same build.</param>
    public ProcessTermination(CancellationToken cancellationToken)
    {
        _asked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _signals = [Listen(PosixSignal.SIGTERM), Listen(PosixSignal.SIGHUP)];
        AppDomain.CurrentDomain.ProcessExit += Exit;
    }

    /// <summary>Cancelled also when the process is asked to end.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>The request, as <c>SIGTERM</c>; null: there was none.</summary>
    public string? Reason => _reason;

    // The signal has its usual effect afterwards: a build that SIGHUP ended is seen as such.
    PosixSignalRegistration Listen(PosixSignal signal) =>
        PosixSignalRegistration.Create(signal, context => Hold(context.Signal.ToString()));

    void Exit(object? sender, EventArgs e)
    {
        Hold("an exit");
        if (Environment.ExitCode == 0)
            Environment.ExitCode = 1;
    }

    void Hold(string reason)
    {
        _reason ??= reason;
        try
        {
            _asked.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return; // The build had just ended by itself.
        }
        if (_over.Wait(Patience))
            Thread.Sleep(LastWords);
    }

    /// <summary>The build has ended with all that it started.</summary>
    public void Dispose()
    {
        _over.Set();
        // `dotnet` ends with exit code 0 after SIGTERM. A cancelled build did not succeed, so the handler of the exit stays.
        if (_reason is null)
            AppDomain.CurrentDomain.ProcessExit -= Exit;
        foreach (var signal in _signals)
            signal.Dispose();
        _asked.Dispose();
    }
}
