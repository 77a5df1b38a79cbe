namespace Lightnix.Building;

/// <summary>A started process, with all that it starts.</summary>
interface IChild
{
    /// <summary>Completes when the process ends. Processes that it started may still run and hold the log.</summary>
    Task Exited { get; }

    /// <summary>Processes that it started and that still run, as <c>sleep (4711)</c>.</summary>
    ImmutableArray<string> Others();

    /// <summary>Ends the process with all that it started: by a request, and after <paramref name="grace"/> by force.</summary>
    Task EndAsync(TimeSpan grace);

    /// <summary>Reads the rest of the output, after <see cref="Exited"/>.</summary>
    /// <returns>The end of the output, where the log file could not take it; else null.</returns>
    Task<string?> FinishLogAsync(TimeSpan patience);

    /// <summary>The exit status, after <see cref="Exited"/>. It releases the process: no other member may be called afterwards.</summary>
    ExitStatus Collect();
}
