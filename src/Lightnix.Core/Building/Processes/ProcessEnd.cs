using System.Runtime.InteropServices;

namespace Lightnix.Building;

/// <summary>
/// Tells a build that the process which it is in shall end (SIGTERM, SIGHUP, or an exit that somebody else called for), and holds the
/// process until the
/// build has ended its builders. Ctrl+C is not among them: skins have ways of their own to cancel.
/// </summary>
sealed class ProcessEnd : IDisposable
{
    /// <summary>More than builders get to tidy up, and less than those who end processes are ready to wait.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>
    /// MSBuild's loggers write from threads of their own, which nobody can wait for: without this, the process was gone before they had
    /// said why.
    /// </summary>
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource _asked;
    readonly ManualResetEventSlim _over = new();
    readonly PosixSignalRegistration[] _signals;
    volatile string? _reason;

    /// <param name="cancellationToken">Cancels the same build.</param>
    public ProcessEnd(CancellationToken cancellationToken)
    {
        _asked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _signals = [Listen(PosixSignal.SIGTERM), Listen(PosixSignal.SIGHUP)];
        AppDomain.CurrentDomain.ProcessExit += Exit;
    }

    /// <summary>Cancelled when the process shall end, too.</summary>
    public CancellationToken Token => _asked.Token;

    /// <summary>What asked the process to end, as <c>SIGTERM</c>; null: nothing did.</summary>
    public string? Reason => _reason;

    // What the signal does to the process, it does afterwards: a build that was ended by SIGHUP is seen to be.
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

    /// <summary>The build has ended, and with it all that it started.</summary>
    public void Dispose()
    {
        _over.Set();
        // `dotnet` answers SIGTERM with exit code 0, and a build that was cut short did not succeed: then the exit still has something to
        // hear.
        if (_reason is null)
            AppDomain.CurrentDomain.ProcessExit -= Exit;
        foreach (var signal in _signals)
            signal.Dispose();
        _asked.Dispose();
    }
}
