namespace Lightnix.Archives;

/// <summary>A stream for parsers without cancellation: once cancelled, reading throws. A small archive may decompress for days.</summary>
sealed class StoppableStream(Stream inner, CancellationToken cancellationToken) : ReadStream
{
    public override bool CanSeek => inner.CanSeek;
    public override long Length => inner.Length;
    public override long Position { get => inner.Position; set => inner.Position = value; }

    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return inner.Read(buffer);
    }

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
