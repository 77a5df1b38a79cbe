using Lightnix.Archives;

namespace Lightnix.Building;

/// <summary>A stream that ends with an exception when it is cancelled: a small archive may decompress for days.</summary>
sealed class StoppableStream(Stream stream, CancellationToken cancellationToken) : ReadStream
{
    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return stream.Read(buffer);
    }
}
