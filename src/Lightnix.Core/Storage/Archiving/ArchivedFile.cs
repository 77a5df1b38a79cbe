namespace Lightnix.Storage;

/// <summary>A file of the store that goes into an archive.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Digest">Of its bytes.</param>
readonly record struct ArchivedFile(string Path, Digest Digest, long Size);
