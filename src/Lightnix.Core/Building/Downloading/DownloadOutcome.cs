namespace Lightnix.Building;

/// <summary>How a download ended.</summary>
public abstract record DownloadOutcome
{
    DownloadOutcome() { }

    /// <param name="Url">Without a user's name and password.</param>
    public sealed record Fetched(string Url) : DownloadOutcome;

    /// <summary>LNX2004: no mirror has the declared bytes.</summary>
    /// <param name="Found">URLs with the digests of their bytes.</param>
    public sealed record WrongHash(ImmutableArray<(string Url, Digest Digest)> Found) : DownloadOutcome;

    /// <param name="Reason">The reason for each mirror, or why the archive cannot be unpacked.</param>
    public sealed record Failed(string Reason) : DownloadOutcome
    {
        /// <summary>LNX2003: the time limit ended it.</summary>
        public bool TimedOut { get; init; }
    }

    /// <summary>LNX2007: the archive holds what a tree cannot.</summary>
    public sealed record Refused(string Reason) : DownloadOutcome;
}
