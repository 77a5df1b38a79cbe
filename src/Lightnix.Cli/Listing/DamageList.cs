using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Collects damage while a command lists the rest: one damaged record must not hide the others.</summary>
sealed class DamageList
{
    readonly SortedSet<string> _damages = new(StringComparer.Ordinal);

    /// <summary>What can be read; the default value for a damaged record.</summary>
    public T? Try<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (StoreException e)
        {
            Add(e);
            return default;
        }
    }

    public void Add(StoreException damage) => _damages.Add($"{damage.Code}: {damage.Message}");

    /// <summary>Reports the damage on standard error.</summary>
    /// <returns>The exit code of the command.</returns>
    public int Report()
    {
        foreach (var damage in _damages)
            Output.Error($"error {damage}");
        return _damages.Count == 0 ? ExitCodes.Done : ExitCodes.StoreProblem;
    }
}
