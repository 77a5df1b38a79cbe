using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix;

/// <summary>Hands events to a skin, one at a time, and remembers whether one was an error.</summary>
sealed class Teller(Action<BuildEvent> tell)
{
    readonly Lock _lock = new();

    public bool Failed { get; private set; }

    public int Ran { get; private set; }

    public void Tell(BuildEvent told)
    {
        lock (_lock)
        {
            Failed |= told is BuildEvent.Diagnosed { Diagnostic.Severity: Severity.Error };
            Ran += told is BuildEvent.Completed ? 1 : 0;
            tell(told);
        }
    }
}
