using System.Buffers.Binary;

namespace Lightnix.Archives;

/// <summary>The record at the end of a zip archive, which says where its directory is.</summary>
sealed record ZipEnd(long Count, long DirectoryOffset, long DirectoryLength)
{
    const uint Signature = 0x06054b50, LocatorSignature = 0x07064b50, LargeSignature = 0x06064b50;
    const int Length = 22, LocatorLength = 20, LargeLength = 56, LongestComment = ushort.MaxValue;

    public static ZipEnd Find(Stream zip)
    {
        var tail = new byte[Math.Min(zip.Length, LocatorLength + Length + LongestComment)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        // A comment may hold anything: the record is the one whose comment ends with the file.
        for (var at = tail.Length - Length; at >= 0; at--)
            if (Int(tail, at) == Signature && Short(tail, at + 20) == tail.Length - at - Length)
                return Read(zip, tail, at);
        throw new InvalidDataException("it has no directory at its end: it is cut short, or goes on after its end");
    }

    static ZipEnd Read(Stream zip, byte[] tail, int at)
    {
        var (end, directoryEnd) = (new ZipEnd(Short(tail, at + 10), Int(tail, at + 16), Int(tail, at + 12)), zip.Length - tail.Length + at);
        if (at >= LocatorLength && Int(tail, at - LocatorLength) == LocatorSignature)
        {
            var large = new byte[LargeLength];
            directoryEnd = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at - LocatorLength + 8));
            if (directoryEnd < 0 || directoryEnd > zip.Length - LargeLength || Int(tail, at - LocatorLength + 4) != 0)
                throw new InvalidDataException("its directory is damaged, or it is one part of several");
            zip.Position = directoryEnd;
            zip.ReadExactly(large);
            if (Int(large, 0) != LargeSignature)
                throw new InvalidDataException("its directory is damaged or cut short");
            end = new(Long(large, 32), Long(large, 48), Long(large, 40));
        }
        else if (Short(tail, at + 4) != 0 || Short(tail, at + 6) != 0 || Short(tail, at + 8) != Short(tail, at + 10))
            throw new InvalidDataException("it is one part of several");
        return end.Count >= 0 && end.DirectoryOffset >= 0 && end.DirectoryLength >= 0
            && end.DirectoryOffset <= directoryEnd - end.DirectoryLength && end.DirectoryLength < int.MaxValue
            ? end
            : throw new InvalidDataException("its directory is damaged or cut short");
    }

    static ushort Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    static uint Int(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    static long Long(byte[] bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
}
