using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json;

namespace Lightnix.Hashing;

/// <summary>Reads JSON strictly: UTF-8, one document, no comments, no member twice. The one file that knows a JSON library.</summary>
/// <remarks>The library limits numbers, the grammar does not. A number that the library may refuse is read as zero, and its text is put
/// back afterwards.</remarks>
public sealed class JsonReader
{
    readonly JsonTextReader _reader;
    readonly Dictionary<int, string> _unusual;
    int _numbers;

    JsonReader(JsonTextReader reader, Dictionary<int, string> unusual) => (_reader, _unusual) = (reader, unusual);

    /// <exception cref="FormatException">The bytes are not one JSON document, and the message says where; or a text is not Unicode, which
    /// the library would replace silently.</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8) =>
        !TryParseAt(utf8, out var value, out var problem, out var isUnicode) ? throw new FormatException(problem.Message)
        : isUnicode ? value : throw new FormatException("a text holds half of a surrogate pair");

    /// <summary>Reads a document; otherwise <paramref name="problem"/> is why and where there is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out string? problem)
    {
        var read = TryParseAt(utf8, out value, out var found);
        problem = found?.Message;
        return read;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out JsonValue?, out string?)"/>
    public static bool TryParseAt(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out JsonValue? value,
        [NotNullWhen(false)] out JsonProblem? problem) =>
        TryParseAt(utf8, out value, out problem, out _);

    static bool TryParseAt(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out JsonProblem? problem,
        out bool isUnicode)
    {
        value = null;
        var syntax = JsonSyntax.Of(utf8);
        isUnicode = !syntax.HasLoneSurrogate;
        problem = syntax.Problem;
        if (problem is not null)
            return false;
        try
        {
            var (text, unusual) = WithoutUnusualNumbers(utf8, syntax.UnusualNumbers);
            using var reader = new JsonTextReader(new StringReader(text))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Double,
                MaxDepth = JsonSyntax.MaxDepth,
            };
            reader.Read();
            value = new JsonReader(reader, unusual).Read();
            if (reader.Read())
                throw Problem(reader, "more than one document");
        }
        catch (Exception e) when (e is JsonReaderException or DecoderFallbackException or FormatException or OverflowException)
        {
            value = null;
            problem = e is JsonReaderException at ? new(at.Message, at.LineNumber, at.LinePosition) : new(e.Message, 0, 0);
        }
        return value is not null;
    }

    static (string Text, Dictionary<int, string> Unusual) WithoutUnusualNumbers(ReadOnlySpan<byte> utf8, List<UnusualNumber> numbers)
    {
        var strict = new UTF8Encoding(false, true);
        if (numbers.Count == 0)
            return (strict.GetString(utf8), []);
        var bytes = utf8.ToArray();
        var unusual = new Dictionary<int, string>();
        foreach (var number in numbers)
        {
            var digits = bytes.AsSpan((int)number.Start, (int)number.Length);
            unusual.Add(number.Ordinal, Encoding.ASCII.GetString(digits));
            // As long as before, so that places in messages are right.
            digits.Fill((byte)' ');
            digits[0] = (byte)'0';
        }
        return (strict.GetString(bytes), unusual);
    }

    JsonValue Read()
    {
        var reader = _reader;
        switch (reader.TokenType)
        {
            case JsonToken.Null:
                return new JsonValue.Null();
            case JsonToken.Boolean:
                return new JsonValue.Boolean((bool)reader.Value!);
            case JsonToken.Integer or JsonToken.Float:
                return new JsonValue.Number(_unusual.GetValueOrDefault(_numbers++) is { } text ? Usual(text)
                    : Convert.ToString(reader.Value, CultureInfo.InvariantCulture)!);
            case JsonToken.String when reader.QuoteChar == '"':
                return new JsonValue.String((string)reader.Value!);
            case JsonToken.StartArray:
                var items = ImmutableArray.CreateBuilder<JsonValue>();
                while (reader.Read() && reader.TokenType != JsonToken.EndArray)
                    items.Add(Read());
                return Ended(reader, JsonToken.EndArray, new JsonValue.Array(items.ToImmutable()));
            case JsonToken.StartObject:
                var members = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonToken.PropertyName)
                {
                    var name = (string)reader.Value!;
                    if (reader.QuoteChar != '"')
                        throw Problem(reader, $"member '{name}' is not in double quotes");
                    if (members.ContainsKey(name))
                        throw Problem(reader, $"member '{(name.Length > 60 ? name[..60] + "…" : name)}' twice");
                    reader.Read();
                    members.Add(name, Read());
                }
                return Ended(reader, JsonToken.EndObject, new JsonValue.Object(members));
            default:
                throw Problem(reader, reader.TokenType == JsonToken.None ? "no document" : $"unexpected {reader.TokenType}");
        }
    }

    // A finite number is written like all others.
    static string Usual(string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? Convert.ToString(value, CultureInfo.InvariantCulture) : number;

    static JsonValue Ended(JsonTextReader reader, JsonToken end, JsonValue value) =>
        reader.TokenType == end ? value : throw Problem(reader, "unexpected end");

    static JsonReaderException Problem(JsonTextReader reader, string what) =>
        new($"{what}, at line {reader.LineNumber}", reader.Path, reader.LineNumber, reader.LinePosition, null);
}
