using System.Collections.Concurrent;

namespace Lightnix.Torture;

/// <summary>What a trial tried, and what was lost in it. Safe for several threads.</summary>
sealed class Tally
{
    readonly ConcurrentQueue<string> _losses = new();
    readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    int _tries;

    public int Tries => _tries;

    public IReadOnlyCollection<string> Losses => _losses;

    /// <summary>What else was counted, as <c>12 killed, 3 waited</c>.</summary>
    public string Counts => string.Join(", ", _counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Value} {c.Key}"));

    /// <summary>Why the trial could not be made at all; null where it was.</summary>
    public string? NotTried { get; init; }

    public void Try() => Interlocked.Increment(ref _tries);

    public void Count(string what, int many = 1) => _counts.AddOrUpdate(what, many, (_, n) => n + many);

    public void Lose(string what) => _losses.Enqueue(what);

    /// <summary>Loses what does not hold.</summary>
    public void Expect(bool holds, string otherwise)
    {
        if (!holds)
            Lose(otherwise);
    }
}
