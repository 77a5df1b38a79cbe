namespace Lightnix.Storage;

/// <summary>All of an archive, verified.</summary>
/// <param name="Contents">The unpacked file of each content, absolute; null: the store has it.</param>
sealed record VerifiedArchive(ArchiveManifest Manifest, ArchiveRecords Records, IReadOnlyDictionary<Digest, string?> Contents);
