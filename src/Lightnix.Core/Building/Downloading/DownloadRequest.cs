using System.Collections.Immutable;
using Lightnix.Hashing;

namespace Lightnix.Building;

/// <summary>A download into a folder.</summary>
/// <param name="Urls">Mirrors, in the order in which they are asked: <c>http</c>, <c>https</c> or <c>file</c>.</param>
/// <param name="Sha256">Of the file that is fetched; with <paramref name="Unpack"/>, of the archive.</param>
/// <param name="Folder">Absolute and empty; gets the file, or with <paramref name="Unpack"/> what the archive holds.</param>
public sealed record DownloadRequest(ImmutableArray<string> Urls, Digest Sha256, string FileName, bool Unpack, string Folder,
    string LogFile, TimeSpan? TimeLimit);
