using System.Text.Json;

namespace Lightnix.Hashing;

/// <summary>Recognizes RFC 8259 JSON, also of a stream, in little memory. Most libraries accept more than the grammar (<c>[1,]</c>,
/// <c>010</c>, line breaks in texts); the next reader would refuse it. The caller checks UTF-8.</summary>
public sealed class JsonSyntax
{
    /// <summary>Deeper nesting is refused, as most readers do.</summary>
    public const int MaxDepth = 512;

    /// <summary>The longest text or number, in bytes, of a stream: it has to be in memory.</summary>
    const int MaxToken = 1 << 30;

    const int UsualDigits = 300;

    JsonReaderState _state = new(new() { MaxDepth = MaxDepth });
    long _passed;
    int _numbers;

    JsonSyntax()
    {
    }

    /// <summary>Numbers that a library may refuse although the grammar has no limit for them: many digits, or a large exponent.</summary>
    public List<UnusualNumber> UnusualNumbers { get; } = [];

    /// <summary>True when an escape stands for half of a surrogate pair: the grammar allows it, and no Unicode text has it.</summary>
    public bool HasLoneSurrogate { get; private set; }

    /// <summary>Why and where this is no JSON; null: it is.</summary>
    public JsonProblem? Problem { get; private set; }

    public static JsonSyntax Of(ReadOnlySpan<byte> utf8)
    {
        var syntax = new JsonSyntax();
        syntax.Read(utf8, isEnd: true);
        return syntax;
    }

    /// <summary>Reads a stream to its end, or to the first problem. A byte order mark is passed over.</summary>
    public static JsonSyntax Of(Stream stream)
    {
        var syntax = new JsonSyntax();
        var buffer = new byte[1 << 16];
        var (filled, used) = (0, 0);
        for (var isEnd = false; !isEnd && syntax.Problem is null;)
        {
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
            if (filled == MaxToken)
                syntax.Problem = new(FormattableString.Invariant($"a value has more than {MaxToken} bytes"), 0, 0);
            if (filled == buffer.Length)
                Array.Resize(ref buffer, Math.Min(2 * buffer.Length, MaxToken));
            filled += stream.ReadAtLeast(buffer.AsSpan(filled), buffer.Length - filled, throwOnEndOfStream: false);
            isEnd = filled < buffer.Length;
            var mark = syntax._passed == 0 && buffer.AsSpan(0, filled).StartsWith(Mark) ? Mark.Length : 0;
            used = mark + syntax.Read(buffer.AsSpan(mark, filled - mark), isEnd);
        }
        return syntax;
    }

    static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    // Returns how many bytes were read: the others are a part of a token.
    int Read(ReadOnlySpan<byte> utf8, bool isEnd)
    {
        var reader = new Utf8JsonReader(utf8, isEnd, _state);
        try
        {
            while (reader.Read())
                Look(ref reader);
        }
        catch (JsonException e)
        {
            var (line, column) = ((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            var what = e.Message.Split(" LineNumber:")[0].TrimEnd('.');
            Problem ??= new(FormattableString.Invariant($"{what}, at line {line}, column {column}"), line, column);
        }
        _state = reader.CurrentState;
        _passed += reader.BytesConsumed;
        return (int)reader.BytesConsumed;
    }

    void Look(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            var text = reader.ValueSpan;
            if (text.Length > UsualDigits || (text.Length >= "1e300".Length && text.ContainsAny((byte)'e', (byte)'E')))
                UnusualNumbers.Add(new(_numbers, _passed + reader.TokenStartIndex, text.Length));
            _numbers++;
        }
        else if (reader.ValueIsEscaped && !HasLoneSurrogate)
        {
            // Once is enough: each further one would be an exception.
            HasLoneSurrogate = !IsText(ref reader);
        }
    }

    static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
