using System.Runtime.InteropServices;

namespace Lightnix.Cli;

/// <summary>Ctrl+C and a request to end (SIGTERM) end what is shown, and the verb ends properly.</summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource _end = new();
    readonly ImmutableArray<PosixSignalRegistration> _signals;

    public Interruption() => _signals =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, End), PosixSignalRegistration.Create(PosixSignal.SIGTERM, End)];

    public CancellationToken Token => _end.Token;

    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _end.Cancel();
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _end.Dispose();
    }
}
