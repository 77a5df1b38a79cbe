namespace Lightnix.Hashing;

/// <summary>Recognizes RFC 8259 JSON byte by byte, in any number of pieces and in little memory. Libraries accept more than the grammar
/// (<c>[1,]</c>, <c>010</c>, line breaks in texts); the next reader would refuse it. The caller checks UTF-8.</summary>
public sealed class JsonSyntax
{
    /// <summary>Deeper nesting is refused, as most readers do.</summary>
    public const int MaxDepth = 512;

    enum At
    {
        Value, FirstItem, FirstName, Name, Colon, After, Text, Escape, Hex, Word,
        Minus, Zero, Whole, Point, Fraction, Exponent, ExponentSign, ExponentDigits,
    }

    readonly Stack<bool> _isObject = new();
    At _at = At.Value;
    bool _isName;
    string _word = "";
    int _left;
    long _line = 1;
    long _column;
    long _read;
    long _numberStart;
    int _numbers;

    /// <summary>Numbers that a library may refuse although the grammar has no limit for them: many digits, or a large exponent.</summary>
    public List<UnusualNumber> UnusualNumbers { get; } = [];

    /// <summary>True when an escape stands for half of a surrogate pair: the grammar allows it, and no Unicode text has it.</summary>
    public bool HasLoneSurrogate { get; private set; }

    char _unit;
    bool _isHigh;

    /// <summary>Why and where this is no JSON; null as long as there is no problem.</summary>
    public string? Problem => Found?.Message;

    /// <summary><see cref="Problem"/> with its place in numbers.</summary>
    public JsonProblem? Found { get; private set; }

    /// <summary>Reads the next bytes; false when there is a problem.</summary>
    public bool Read(ReadOnlySpan<byte> utf8)
    {
        foreach (var b in utf8)
        {
            (_line, _column) = b == '\n' ? (_line + 1, 0) : (_line, _column + 1);
            if (Problem is null && !Step(b))
                Found ??= Here(FormattableString.Invariant($"unexpected {Shown(b)} at line {_line}, column {_column}"));
            _read++;
        }
        return Problem is null;
    }

    /// <summary>Ends the document; false when there is a problem.</summary>
    public bool End()
    {
        if (EndsNumber)
            EndNumber();
        if (Problem is null && !(_isObject.Count == 0 && _at == At.After))
            Found = Here(_at == At.Value && _isObject.Count == 0 ? "there is no document"
                : FormattableString.Invariant($"it ends too early, at line {_line}, column {_column}"));
        return Problem is null;
    }

    bool EndsNumber => _at is At.Zero or At.Whole or At.Fraction or At.ExponentDigits;

    bool Step(byte b) => _at switch
    {
        At.Text => Whole(b == '\\')
            && b switch { (byte)'"' => Go(_isName ? At.Colon : At.After), (byte)'\\' => Go(At.Escape), _ => b >= 0x20 },
        At.Escape => Whole(b == 'u') && b == 'u' ? Hex(4) : "\"\\/bfnrt".Contains((char)b, StringComparison.Ordinal) && Go(At.Text),
        At.Hex => char.IsAsciiHexDigit((char)b) && HexDigit(b) && (--_left > 0 || (Unit() && Go(At.Text))),
        At.Word => b == _word[^_left] && (--_left > 0 || Go(At.After)),
        At.Minus => b == '0' ? Go(At.Zero) : IsDigit(b) && Go(At.Whole),
        At.Zero => AfterDigits(b, point: true),
        At.Whole => IsDigit(b) || AfterDigits(b, point: true),
        At.Point => IsDigit(b) && Go(At.Fraction),
        At.Fraction => IsDigit(b) || AfterDigits(b, point: false),
        At.Exponent => b is (byte)'+' or (byte)'-' ? Go(At.ExponentSign) : IsDigit(b) && Go(At.ExponentDigits),
        At.ExponentSign => IsDigit(b) && Go(At.ExponentDigits),
        At.ExponentDigits => IsDigit(b) || Between(b),
        _ => Between(b),
    };

    bool AfterDigits(byte b, bool point) => b switch
    {
        (byte)'.' when point => Go(At.Point),
        (byte)'e' or (byte)'E' => Go(At.Exponent),
        _ => Between(b),
    };

    /// <summary>A byte outside of texts and words; a number before it has ended.</summary>
    bool Between(byte b)
    {
        if (EndsNumber)
            EndNumber();
        return b switch
        {
            (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' => true,
            (byte)'"' when _at is At.FirstName or At.Name => Text(isName: true),
            (byte)':' when _at == At.Colon => Go(At.Value),
            (byte)',' when _at == At.After && _isObject.TryPeek(out var isObject) => Go(isObject ? At.Name : At.Value),
            (byte)'}' when _at is At.FirstName or At.After => Close(isObject: true),
            (byte)']' when _at is At.FirstItem or At.After => Close(isObject: false),
            _ => _at is At.Value or At.FirstItem && Value(b),
        };
    }

    bool Value(byte b) => b switch
    {
        (byte)'{' => Open(isObject: true),
        (byte)'[' => Open(isObject: false),
        (byte)'"' => Text(isName: false),
        (byte)'t' => Word("true"),
        (byte)'f' => Word("false"),
        (byte)'n' => Word("null"),
        (byte)'-' => Number(At.Minus),
        (byte)'0' => Number(At.Zero),
        _ => IsDigit(b) && Number(At.Whole),
    };

    bool Number(At at)
    {
        _numberStart = _read;
        return Go(at);
    }

    void EndNumber()
    {
        var length = _read - _numberStart;
        if (length > UsualDigits || (_at == At.ExponentDigits && length >= "1e300".Length))
            UnusualNumbers.Add(new(_numbers, _numberStart, length));
        _numbers++;
        _at = At.After;
    }

    const int UsualDigits = 300;

    bool Open(bool isObject)
    {
        _isObject.Push(isObject);
        if (_isObject.Count > MaxDepth)
            Found = Here(FormattableString.Invariant($"more than {MaxDepth} levels, at line {_line}, column {_column}"));
        return Problem is null && Go(isObject ? At.FirstName : At.FirstItem);
    }

    bool Close(bool isObject) => _isObject.TryPop(out var opened) && opened == isObject && Go(At.After);

    bool Text(bool isName)
    {
        _isName = isName;
        return Go(At.Text);
    }

    bool Word(string word)
    {
        (_word, _left) = (word, word.Length - 1);
        return Go(At.Word);
    }

    bool Hex(int digits)
    {
        (_left, _unit) = (digits, '\0');
        return Go(At.Hex);
    }

    bool HexDigit(byte b)
    {
        _unit = (char)((_unit << 4) | (b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10));
        return true;
    }

    bool Unit()
    {
        HasLoneSurrogate |= char.IsLowSurrogate(_unit) != _isHigh;
        _isHigh = char.IsHighSurrogate(_unit);
        return true;
    }

    // Right behind the first half of a pair, nothing but the escape of the second may stand.
    bool Whole(bool mayBeSecond)
    {
        HasLoneSurrogate |= _isHigh && !mayBeSecond;
        _isHigh &= mayBeSecond;
        return true;
    }

    bool Go(At at)
    {
        _at = at;
        return true;
    }

    JsonProblem Here(string message) => new(message, (int)_line, (int)_column);

    static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    static string Shown(byte b) => b switch
    {
        (byte)'\n' or (byte)'\r' => "line break",
        > 0x20 and < 0x7f => $"'{(char)b}'",
        _ => FormattableString.Invariant($"byte 0x{b:x2}"),
    };
}
