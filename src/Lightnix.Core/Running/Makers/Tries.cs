namespace Lightnix.Running;

/// <summary>The tries of one run, and why they failed. All have one log: <c>Retries</c> is for failures with passing causes.</summary>
/// <param name="retries">Number of further tries.</param>
sealed class Tries(int retries)
{
    /// <summary>Last lines of each earlier try in messages.</summary>
    public const int TailLines = 3;

    readonly List<(string Reason, string Tail)> _failed = [];

    /// <summary>Number of failed tries that another one followed.</summary>
    public int Failed => _failed.Count;

    public bool MayTryAgain => _failed.Count < retries;

    /// <summary>The present or last try, as <c>try 2 of 3</c>.</summary>
    public string Current => string.Create(CultureInfo.InvariantCulture, $"try {_failed.Count + 1} of {retries + 1}");

    /// <summary>Adds a failed try, before the next one begins.</summary>
    public void Add(string reason, string tail) => _failed.Add((reason, tail));

    /// <summary>The reason for records: one sentence with the reasons of all tries.</summary>
    public string Sentence(string last) =>
        _failed.Count == 0 ? last : $"{last} ({Current}; before: {string.Join("; ", _failed.Select(f => f.Reason))})";

    /// <summary>Lines of a message about earlier tries; empty where there were none.</summary>
    public string Report() => string.Concat(_failed.Select((f, i) =>
        string.Create(CultureInfo.InvariantCulture, $"\nTry {i + 1} of {retries + 1}: {f.Reason}")
            + (f.Tail.Length == 0 ? "" : "\n" + RunErrors.Indent(f.Tail))));
}
