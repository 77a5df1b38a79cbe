namespace Lightnix.Archives;

/// <summary>The next bytes of a stream, up to a length. The stream stays open.</summary>
sealed class PartStream(Stream whole, long length) : ReadStream
{
    /// <summary>How many bytes are left.</summary>
    public long Rest { get; private set; } = length;

    /// <exception cref="EndOfStreamException">The whole ends before this part does.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (Rest == 0 || buffer.IsEmpty)
            return 0;
        var count = whole.Read(buffer[..(int)Math.Min(buffer.Length, Rest)]);
        if (count == 0)
            throw new EndOfStreamException("it is cut short");
        Rest -= count;
        return count;
    }

    /// <summary>Skips the bytes that are left.</summary>
    public void Skip()
    {
        var buffer = Rest > 0 ? new byte[64 * 1024] : [];
        while (Rest > 0 && Read(buffer) > 0)
        {
        }
    }
}
