namespace Lightnix.Archives;

/// <summary>Gives a stream to a decompressor in pieces, and keeps the last ones, so that its end can be found in them.</summary>
/// <remarks>.NET's decompressor reads ahead and does not report how much of it was its own.</remarks>
sealed class GzipWindow(Stream packed) : ReadStream
{
    const int Piece = 8192;

    /// <summary>Bytes before the last piece in which the end may be: the decompressor holds back up to eight, and a trailer has as
    /// many.</summary>
    const int Before = 16;

    readonly byte[] _bytes = new byte[Before + 2 * Piece];
    int _begin, _given, _at, _end;

    public override int Read(Span<byte> buffer)
    {
        if (_at == _end)
            Refill();
        _given = _at;
        var count = Math.Min(buffer.Length, _end - _at);
        _bytes.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    /// <summary>The next byte; -1 at the end.</summary>
    public override int ReadByte()
    {
        if (_at == _end)
            Refill();
        return _at < _end ? _bytes[_at++] : -1;
    }

    /// <summary>Marks where compressed data begins: its end cannot be before this place.</summary>
    public void Begin() => _begin = _at;

    /// <summary>Continues after these bytes, which stand at the decompressor's end or just behind it. False where they do not.</summary>
    public bool TryPass(ReadOnlySpan<byte> trailer)
    {
        var from = Math.Max(_begin, _given - Before);
        while (_end - _at < trailer.Length && packed.Read(_bytes, _end, trailer.Length) is var count and > 0)
            _end += count;
        var place = _bytes.AsSpan(from, Math.Min(_end, _at + trailer.Length) - from);
        var found = place.IndexOf(trailer);
        if (found < 0)
            return false;
        // The trailer of an empty member is zeros, and the data before it may end with a zero.
        while (place[(found + 1)..].StartsWith(trailer))
            found++;
        _given = _at = from + found + trailer.Length;
        return true;
    }

    void Refill()
    {
        var kept = Math.Min(Before, _at);
        _bytes.AsSpan(_at - kept, kept).CopyTo(_bytes);
        _begin = Math.Max(0, _begin - (_at - kept));
        _at = kept;
        _end = kept + packed.Read(_bytes, kept, Piece);
    }
}
