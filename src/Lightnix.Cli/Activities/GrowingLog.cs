namespace Lightnix.Cli;

/// <summary>The log of a run that goes on: reading waits for what is printed next, and ends when the run has ended.</summary>
sealed class GrowingLog(Stream file, Func<bool> goesOn) : Stream
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        for (var isLast = false; ;)
        {
            var count = file.Read(buffer);
            // What was printed between the last reading and the end is read once more.
            if (count > 0 || isLast)
                return count;
            isLast = !goesOn();
            if (!isLast)
                Thread.Sleep(Pause);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
