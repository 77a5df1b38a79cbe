namespace Lightnix.Archives;

/// <summary>The bytes of a zip entry, which must have the length and the checksum that its directory says.</summary>
sealed class VerifiedStream(Stream content, ZipMember member) : ReadStream
{
    readonly Crc32 _crc = new();
    long _length;

    /// <exception cref="InvalidDataException">The bytes differ from the directory.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = Decompress(buffer);
        _crc.Add(buffer[..count]);
        _length += count;
        var isEnd = count == 0 && !buffer.IsEmpty;
        if (_length > member.Size || (isEnd && (_length < member.Size || _crc.Value != member.Crc)))
            throw Damaged();
        return count;
    }

    // .NET's messages about damage name compression methods, which do not help.
    int Decompress(Span<byte> buffer)
    {
        try
        {
            return content.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    InvalidDataException Damaged(Exception? cause = null) =>
        new($"its entry '{member.Name}' is damaged: its checksum or its size is not what the directory says", cause);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }
}
