using System.Globalization;

namespace Lightnix.Running;

/// <summary>
/// How often one run was tried, and why the tries before the last one failed. All of them are one run with one log: <c>Retries</c> is for builders that
/// sometimes fail for reasons outside.
/// </summary>
/// <param name="retries">How often it may be tried again.</param>
sealed class Tries(int retries)
{
    /// <summary>Of the end of each earlier try's output, in messages.</summary>
    public const int TailLines = 3;

    readonly List<(string Reason, string Tail)> _failed = [];

    /// <summary>How many failed and were followed by another.</summary>
    public int Failed => _failed.Count;

    public bool MayTryAgain => _failed.Count < retries;

    /// <summary>As <c>try 2 of 3</c>: the one that is being made, or was made last.</summary>
    public string Current => string.Create(CultureInfo.InvariantCulture, $"try {_failed.Count + 1} of {retries + 1}");

    /// <summary>Notes a try that failed, before the next one begins.</summary>
    /// <param name="tail">The last lines that it printed.</param>
    public void Add(string reason, string tail) => _failed.Add((reason, tail));

    /// <summary>Why the run failed, as records have it: one sentence, with the reasons of all tries.</summary>
    public string Sentence(string last) => _failed.Count == 0 ? last : $"{last} ({Current}; before: {string.Join("; ", _failed.Select(f => f.Reason))})";

    /// <summary>Lines for a message: what the earlier tries came to. Empty where there were none.</summary>
    public string Told() => string.Concat(_failed.Select((f, i) =>
        string.Create(CultureInfo.InvariantCulture, $"\nTry {i + 1} of {retries + 1}: {f.Reason}") + (f.Tail.Length == 0 ? "" : "\n" + RunErrors.Indent(f.Tail))));
}
