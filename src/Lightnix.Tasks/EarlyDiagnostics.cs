using Lightnix.Model;
using Lightnix.Running;

namespace Lightnix.Tasks;

/// <summary>Holds back what is said before anything happens, so that a mistake of the declaration can turn out to be none.</summary>
sealed class EarlyDiagnostics(Action<BuildEvent> tell)
{
    List<BuildEvent.Diagnosed>? _held = [];

    public IEnumerable<Diagnostic> Held => _held?.Select(d => d.Diagnostic) ?? [];

    public void Tell(BuildEvent e)
    {
        if (_held is not null && e is BuildEvent.Diagnosed diagnosed)
        {
            _held.Add(diagnosed);
            return;
        }
        Release();
        tell(e);
    }

    public void Release()
    {
        var held = _held;
        _held = null;
        held?.ForEach(tell);
    }
}
