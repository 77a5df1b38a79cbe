namespace Lightnix.Planning;

/// <summary>Environment variables that authors may not set: each run has its own, and a wrong one would break its clean folder.</summary>
static class ReservedVariables
{
    // On Windows names are equal without regard to case, so they are reserved without regard to case everywhere.
    static readonly ImmutableSortedDictionary<string, string> Cures =
        ImmutableSortedDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        KeyValuePair.Create("PATH", "a run has the path of the machine; name programs whose version counts in Tools"),
        KeyValuePair.Create("HOME", "a run has a home of its own inside its working folder; write results to @{out}"),
        KeyValuePair.Create("USERPROFILE", "a run has a home of its own inside its working folder; write results to @{out}"),
        KeyValuePair.Create("PWD", "a run starts in its own working folder; name files relative to it"),
        KeyValuePair.Create("TMPDIR", "a run has a temporary folder of its own"),
        KeyValuePair.Create("TMP", "a run has a temporary folder of its own"),
        KeyValuePair.Create("TEMP", "a run has a temporary folder of its own"),
    ]);

    /// <summary>What to do instead of setting a variable; null when it is free.</summary>
    public static string? Cure(string name) =>
        name.StartsWith("LIGHTNIX_", StringComparison.OrdinalIgnoreCase)
            ? "names that begin with LIGHTNIX_ are set by Lightnix; take another name"
            : Cures.GetValueOrDefault(name);
}
