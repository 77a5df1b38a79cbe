using System.Collections.Immutable;

namespace Lightnix.Building;

/// <summary>A process that was started, with all that it starts.</summary>
interface IChild
{
    /// <summary>Ends when the process itself does: others that it started may still run, and may still hold the log.</summary>
    Task Exited { get; }

    /// <summary>Processes that it started and that still run, as <c>sleep (4711)</c>.</summary>
    ImmutableArray<string> Others();

    /// <summary>
    /// Ends it with all that it started: they are asked, and forced when they do not answer within <paramref name="grace"/>.
    /// </summary>
    Task EndAsync(TimeSpan grace);

    /// <summary>Takes the rest of what it printed, after <see cref="Exited"/>.</summary>
    /// <returns>The end of what it printed, where the log file could not take it; else null.</returns>
    Task<string?> FinishLogAsync(TimeSpan patience);

    /// <summary>Says how it ended, after <see cref="Exited"/>, and lets go of it: nothing else may be asked afterwards.</summary>
    ExitStatus Collect();
}
