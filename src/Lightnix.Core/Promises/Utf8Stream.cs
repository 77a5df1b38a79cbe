using Lightnix.Archives;

namespace Lightnix.Promises;

/// <summary>Passes bytes on, and notes where they are no text: not UTF-8, or NUL, which most binary formats have.</summary>
internal sealed class Utf8Stream(Stream inner) : ReadStream
{
    readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
    readonly char[] _chars = new char[4096];
    long _line = 1;

    /// <summary>What is wrong, as the end of a sentence that begins with the file's name; null: nothing so far.</summary>
    public string? Problem { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        Look(buffer[..count], isEnd: count == 0 && buffer.Length > 0);
        return count;
    }

    void Look(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        try
        {
            // In pieces, so that the line is known in which it goes wrong.
            while (Problem is null && (bytes.Length > 0 || isEnd))
            {
                var newline = bytes[..Math.Min(bytes.Length, _chars.Length - 2)].IndexOf((byte)'\n');
                var piece = bytes[..(newline >= 0 ? newline + 1 : Math.Min(bytes.Length, _chars.Length - 2))];
                _decoder.GetChars(piece, _chars, flush: isEnd && piece.IsEmpty);
                if (piece.Contains((byte)0))
                    Problem = FormattableString.Invariant($"is not text: line {_line} holds a NUL");
                _line += newline >= 0 ? 1 : 0;
                bytes = bytes[piece.Length..];
                isEnd &= !piece.IsEmpty;
            }
        }
        catch (DecoderFallbackException e)
        {
            Problem = FormattableString.Invariant(
                $"is not UTF-8: line {_line} holds the bytes {Convert.ToHexStringLower(e.BytesUnknown ?? [])}");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
