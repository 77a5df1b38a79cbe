using Lightnix.Hashing;

namespace Lightnix.Archives;

/// <summary>The bytes of a zip entry, which must have the length and the checksum that its directory says.</summary>
sealed class VerifiedStream(Stream content, ZipMember member) : ReadStream
{
    readonly Crc32 _crc = new();
    long _length;

    /// <exception cref="InvalidDataException">The bytes are other ones.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = content.Read(buffer);
        _crc.Add(buffer[..count]);
        _length += count;
        var isEnd = count == 0 && !buffer.IsEmpty;
        if (_length > member.Size || (isEnd && (_length < member.Size || _crc.Value != member.Crc)))
            throw new InvalidDataException($"its entry '{member.Name}' is damaged: its checksum or its size is not what the directory says");
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }
}
