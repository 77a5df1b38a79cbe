using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Runs builders: the only room with processes and network. A builder returns a folder and never commits.</summary>
public interface IBuilders
{
    /// <summary>Runs a command, script or program in its working folder, with its whole output in the log file.</summary>
    Task<BuildOutcome> RunAsync(BuildRequest request, CancellationToken cancellationToken);

    /// <summary>Fetches one file from the first mirror that has the right bytes.</summary>
    Task<DownloadOutcome> DownloadAsync(DownloadRequest request, CancellationToken cancellationToken);

    /// <summary>Finds a program on the path and asks for its version; null where it is not to be found.</summary>
    Task<ToolVersion?> ProbeAsync(string tool, CancellationToken cancellationToken);
}

/// <summary>One execution. All paths are absolute.</summary>
public sealed record BuildRequest
{
    public required Invocation Invocation { get; init; }

    public required string WorkingFolder { get; init; }

    /// <summary>Standard output and standard error together.</summary>
    public required string LogFile { get; init; }

    /// <summary>Declared and <c>LIGHTNIX_*</c> variables; the fixed small set (PATH, HOME, TMPDIR, LANG, TZ …) is added to them.</summary>
    public required ImmutableSortedDictionary<string, string> Environment { get; init; }

    /// <summary>Names let through from this process's environment.</summary>
    public ImmutableArray<string> PassEnvironment { get; init; } = [];

    public TimeSpan? TimeLimit { get; init; }
}

/// <summary>How an execution ended.</summary>
public abstract record BuildOutcome
{
    BuildOutcome() { }

    /// <summary>Exit code 0.</summary>
    public sealed record Completed : BuildOutcome;

    /// <param name="Reason">One sentence, as <c>exit code 1</c> or <c>the C# script does not compile</c>.</param>
    public sealed record Failed(int? ExitCode, string Reason) : BuildOutcome;

    /// <summary>Ended by its time limit, with all its children.</summary>
    public sealed record TimedOut(TimeSpan Limit) : BuildOutcome;
}

/// <summary>A download into a folder.</summary>
/// <param name="Folder">Empty; gets the file, or with <paramref name="Unpack"/> what the archive holds.</param>
public sealed record DownloadRequest(ImmutableArray<string> Urls, Digest Sha256, string FileName, bool Unpack, string Folder, string LogFile, TimeSpan? TimeLimit);

/// <summary>How a download ended.</summary>
public abstract record DownloadOutcome
{
    DownloadOutcome() { }

    public sealed record Fetched(string Url) : DownloadOutcome;

    /// <summary>LNX2004: no mirror has the declared bytes.</summary>
    /// <param name="Found">URL and digest of what came instead.</param>
    public sealed record WrongHash(ImmutableArray<(string Url, Digest Digest)> Found) : DownloadOutcome;

    /// <param name="Reason">For every mirror, why not.</param>
    public sealed record Failed(string Reason) : DownloadOutcome;
}

/// <summary>A tool and what it printed as its version.</summary>
/// <param name="Path">The real file.</param>
public sealed record ToolVersion(string Path, string Text);
