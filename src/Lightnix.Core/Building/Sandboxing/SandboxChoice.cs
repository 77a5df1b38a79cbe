namespace Lightnix.Building;

/// <summary>Tries once whether builders can run in a sandbox.</summary>
sealed class SandboxChoice(Func<Task<SandboxTrial>> attempt)
{
    readonly Lazy<Task<SandboxTrial>> _trial = new(attempt);

    public Task<SandboxTrial> TrialAsync() => _trial.Value;

    public async Task<SandboxState> StateAsync() => (await TrialAsync().ConfigureAwait(false)).State;

    /// <summary>Each folder as given, and with all links followed, because programs are found by either path.</summary>
    public static ImmutableArray<string> Hidden(IEnumerable<string?> folders) =>
    [
        .. folders.OfType<string>().Where(Path.IsPathFullyQualified).Select(Path.TrimEndingDirectorySeparator)
            .SelectMany(f => new[] { f, ProgramQuestions.RealPath(f) }).Where(f => f != "/").Distinct(StringComparer.Ordinal),
    ];
}
