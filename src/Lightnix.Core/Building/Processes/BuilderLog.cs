namespace Lightnix.Building;

/// <summary>The log of a process. It has a greatest size, so no builder fills the disk with it. The end is kept in memory too, so messages
/// about a full disk are not lost with the disk.</summary>
/// <param name="file">Appended to; absolute.</param>
sealed class BuilderLog(string file) : IDisposable
{
    /// <summary>Greatest size in bytes, with what the file had before and without the end that is added.</summary>
    public const long GreatestSize = 64 << 20;

    /// <summary>Size of that end in bytes.</summary>
    public const int EndSize = 64 * 1024;

    readonly FileStream _to = new(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    readonly byte[] _end = new byte[EndSize];
    long _printed;
    long _leftOut;
    bool _refused;
    bool _finished;

    /// <summary>Appends bytes. One thread at a time calls this.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_end)
        {
            Remember(bytes);
            if (_finished)
                return;
            var room = (int)Math.Clamp(GreatestSize - _to.Length, 0, bytes.Length);
            // Once bytes are left out, all that follow are: a log with a gap would mislead.
            if (_leftOut > 0 || _refused)
                room = 0;
            if (room > 0 && !TryWrite(bytes[..room]))
                return;
            _leftOut += bytes.Length - room;
        }
    }

    /// <summary>Ends the log, and adds the end to one that became too large.</summary>
    /// <returns>The end of what was printed, where the file could not take it; else null.</returns>
    public string? Finish()
    {
        lock (_end)
        {
            if (!_refused && !_finished && _leftOut > 0)
                TryWrite([.. LeftOut(), .. End()[^(int)Math.Min(End().Length, _leftOut)..]]);
            _finished = true;
            return _refused ? Encoding.UTF8.GetString(End()) : null;
        }
    }

    byte[] LeftOut() => Encoding.UTF8.GetBytes(FormattableString.Invariant(
        $"\nlightnix: the log is longer than {GreatestSize} bytes; {Math.Max(0, _leftOut - EndSize)} bytes are left out here\n"));

    bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _to.Write(bytes);
            return true;
        }
        catch (IOException)
        {
            // Mostly a full disk, which the builder meets itself.
            _refused = true;
            return false;
        }
    }

    void Remember(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes.Length > EndSize ? bytes[^EndSize..] : bytes;
        var at = (int)((_printed + bytes.Length - kept.Length) % EndSize);
        var first = Math.Min(kept.Length, EndSize - at);
        kept[..first].CopyTo(_end.AsSpan(at));
        kept[first..].CopyTo(_end);
        _printed += bytes.Length;
    }

    byte[] End() => _printed <= EndSize
        ? _end[..(int)Math.Max(0, _printed)]
        : [.. _end.AsSpan((int)(_printed % EndSize)), .. _end.AsSpan(0, (int)(_printed % EndSize))];

    public void Dispose() => _to.Dispose();
}
