namespace Lightnix.Running;

/// <summary>How a run ended.</summary>
public abstract record RunOutcome
{
    RunOutcome() { }

    /// <param name="Here">False when another process made the run.</param>
    public sealed record Completed(Run Run, bool Here) : RunOutcome
    {
        /// <summary>Promised files that the builder wrote into its working folder, and not into its output.</summary>
        public ImmutableArray<RelativePath> Misplaced { get; init; } = [];
    }

    /// <summary>It did not begin, because the builder failed too often in this build.</summary>
    public sealed record NotStarted : RunOutcome;

    /// <param name="Diagnostic">Reported when the stage is given up.</param>
    public sealed record Failed(Diagnostic Diagnostic) : RunOutcome
    {
        /// <summary>True for a time limit after the builder had written to its checkpoint: it is not hopeless.</summary>
        public bool HasProgressed { get; init; }
    }

    /// <summary>A build would make this run; a plan does not.</summary>
    public sealed record WouldRun : RunOutcome;
}
