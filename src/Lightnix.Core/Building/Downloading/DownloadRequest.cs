namespace Lightnix.Building;

/// <summary>A download into a folder.</summary>
/// <param name="Urls">Mirrors, in the order in which they are tried: <c>http</c>, <c>https</c> or <c>file</c>.</param>
/// <param name="Sha256">Digest of the fetched file; with <paramref name="Unpack"/>, of the archive.</param>
/// <param name="Folder">Absolute and empty. Receives the file or, with <paramref name="Unpack"/>, the contents of the archive.</param>
public sealed record DownloadRequest(ImmutableArray<string> Urls, Digest Sha256, string FileName, bool Unpack, string Folder,
    string LogFile, TimeSpan? TimeLimit);
