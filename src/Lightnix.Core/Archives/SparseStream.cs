namespace Lightnix.Archives;

/// <summary>A file with holes, which read as zeros.</summary>
sealed class SparseStream(Stream data, IReadOnlyList<(long Offset, long Length)> regions, long size) : ReadStream
{
    long _at;
    int _next;

    public override int Read(Span<byte> buffer)
    {
        while (_next < regions.Count && _at >= regions[_next].Offset + regions[_next].Length)
            _next++;
        var (start, end) = _next < regions.Count ? (regions[_next].Offset, regions[_next].Offset + regions[_next].Length) : (size, size);
        var isHole = _at < start;
        var count = (int)Math.Min(buffer.Length, (isHole ? start : end) - _at);
        if (isHole)
            buffer[..count].Clear();
        else if (count > 0)
            count = data.Read(buffer[..count]);
        _at += count;
        return count;
    }
}
