namespace Lightnix.Building;

/// <summary>Runs builders: the only room with processes and network. A builder returns a folder and never commits.</summary>
public interface IBuilders
{
    /// <summary>Runs a command, script or program in its working folder, with its whole output in the log file.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the builder and all its children have ended.</exception>
    Task<BuildOutcome> RunAsync(BuildRequest request, CancellationToken cancellationToken);

    /// <summary>Whether builders run in a sandbox; found out once.</summary>
    Task<SandboxState> SandboxAsync();

    /// <summary>Fetches one file from the first mirror that has the right bytes.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the folder may hold a part of it.</exception>
    Task<DownloadOutcome> DownloadAsync(DownloadRequest request, CancellationToken cancellationToken);

    /// <summary>Finds a program on the path and asks for its version; null where it is not to be found.</summary>
    Task<ToolVersion?> ProbeAsync(string tool, CancellationToken cancellationToken);
}
