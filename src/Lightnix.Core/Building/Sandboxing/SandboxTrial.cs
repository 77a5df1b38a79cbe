namespace Lightnix.Building;

/// <summary>The result of a trial of the sandbox.</summary>
/// <param name="Sandbox">Null where it does not work, or where that is not known.</param>
/// <param name="Missing">Why there is none, as the end of a sentence.</param>
sealed record SandboxTrial(Sandbox? Sandbox, string? Missing)
{
    /// <summary>Reasons that may pass, as the system words them.</summary>
    static readonly string[] Passing =
    [
        "Resource temporarily unavailable", "Cannot allocate memory", "Too many open files", "No space left on device",
        "Disk quota exceeded",
    ];

    /// <summary>No sandbox was wanted.</summary>
    public static SandboxTrial None { get; } = new(null, null);

    /// <summary>Bubblewrap neither worked nor refused: it was slow, it was killed, or the system lacked something. Builders do not run
    /// without a sandbox then, because any program of this machine can cause that.</summary>
    public bool IsUndecided { get; private init; }

    /// <summary>Judges a trial.</summary>
    /// <param name="report">Of <see cref="SandboxGuard"/>, or of bubblewrap itself.</param>
    public static SandboxTrial Of(Sandbox sandbox, string file, ProcessRunner.Ended ended, string report, TimeSpan patience)
    {
        var started = SandboxGuard.Read(report) is not null;
        if (started && ended is { TimedOut: false, Status.Succeeded: true })
            return new(sandbox, null);
        if (ended.TimedOut)
            return new(null, string.Create(CultureInfo.InvariantCulture,
                $"'{file}' did not end within {patience.TotalSeconds} seconds"))
            { IsUndecided = true };
        // A refusal has a text. Without one, the report could not be written, as on a full disk.
        if (report.Trim().Length == 0 && ended.Status.Signal is null)
            return new(null, $"'{file}' left no report ({ended.Status}): is the disk of the store full?") { IsUndecided = true };
        var said = started || report.Trim().Length == 0 ? ended.Status.ToString() : Model.Visible.Text(report.Trim());
        return ended.Status is { Signal: 9 or 15 } or { Code: -1 or 137 or 143 } ? new(null, $"'{file}' {said}") { IsUndecided = true }
            : Refused(file, said);
    }

    /// <summary>The sandbox does not work.</summary>
    public static SandboxTrial Refused(string file, string said) =>
        new(null, $"'{file}' does not work here: {said}")
        {
            IsUndecided =
            Passing.Any(p => said.Contains(p, StringComparison.OrdinalIgnoreCase))
        };

    public SandboxState State => new(Sandbox?.Name, Missing) { IsUndecided = IsUndecided };
}
