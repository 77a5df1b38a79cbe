using System.Text;

namespace Lightnix.Building;

/// <summary>
/// What a process prints: written to its log as it comes, up to a greatest size, with the end kept in memory. So a builder that prints for
/// ever fills no disk,
/// and what it printed about a full disk is not lost with the disk.
/// </summary>
/// <param name="file">Appended to; absolute.</param>
sealed class BuilderLog(string file) : IDisposable
{
    /// <summary>In bytes, with what was in the file before. The end, <see cref="EndSize"/>, is added to it.</summary>
    public const long GreatestSize = 64 << 20;

    /// <summary>Of the end of a log that became too large, in bytes.</summary>
    public const int EndSize = 64 * 1024;

    readonly FileStream _to = new(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    readonly byte[] _end = new byte[EndSize];
    long _printed;
    long _leftOut;
    bool _refused;
    bool _finished;

    /// <summary>Takes the next bytes; one thread at a time.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_end)
        {
            Remember(bytes);
            if (_finished)
                return;
            var room = (int)Math.Clamp(GreatestSize - _to.Length, 0, bytes.Length);
            // Once something is left out, all that follows is: a log with a gap would mislead.
            if (_leftOut > 0 || _refused)
                room = 0;
            if (room > 0 && !TryWrite(bytes[..room]))
                return;
            _leftOut += bytes.Length - room;
        }
    }

    /// <summary>Says that nothing more comes: adds the end to a log that became too large.</summary>
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
            // A full disk, mostly. The builder is not disturbed: it meets the same disk itself.
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
