using System.Buffers.Binary;

namespace Lightnix.Storage;

/// <summary>The times of stored files and folders, in seconds since 1970. A file's time is derived from its content, so that equal time and
/// size mean equal content and MSBuild's <c>IfDifferent</c> is right. It is an even second, which zip and FAT can hold, and lies in the
/// past, so that no tool warns.</summary>
static class ContentTime
{
    /// <summary>2000-01-01T00:00:00Z: of every folder and link.</summary>
    public const long Fixed = 946684800;

    /// <summary>Even seconds from 2000-01-01 to 2020-01-01.</summary>
    const ulong Count = (1577836800 - Fixed) / 2;

    /// <summary>2000-01-01 plus twice the digest's first eight bytes, big-endian, modulo the even seconds to 2020-01-01.</summary>
    public static long Of(Digest content) =>
        Fixed + (2 * (long)(BinaryPrimitives.ReadUInt64BigEndian(content.ToBytes()) % Count));

    /// <summary>True for nanoseconds since 1970 that can be the time of a stored file: a cheap test before a file is read.</summary>
    public static bool IsPossible(long nanoseconds) =>
        nanoseconds % 2_000_000_000 == 0 && nanoseconds / 1_000_000_000 is >= Fixed and < Fixed + (2 * (long)Count);
}
