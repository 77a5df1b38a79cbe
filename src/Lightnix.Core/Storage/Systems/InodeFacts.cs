namespace Lightnix.Storage;

/// <summary>What changes with any change of an inode, also of its times.</summary>
/// <param name="Changed">Nanoseconds since 1970: the time that no program can set.</param>
sealed record InodeFacts(ulong Number, ulong Device, long Changed);
