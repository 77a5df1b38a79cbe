using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Newtonsoft.Json;

namespace Lightnix.Hashing;

/// <summary>Reads JSON strictly: UTF-8, one document, no comments, no member twice. The one file that knows a JSON library.</summary>
public static class JsonReader
{
    /// <exception cref="FormatException">The bytes are not one JSON document; the message says where.</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8) =>
        TryParse(utf8, out var value, out var problem) ? value : throw new FormatException(problem);

    /// <summary>Reads a document, or says in <paramref name="problem"/> why and where there is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out string? problem)
    {
        var read = TryParseAt(utf8, out value, out var found);
        problem = found?.Message;
        return read;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out JsonValue?, out string?)"/>
    public static bool TryParseAt(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out JsonProblem? problem)
    {
        value = null;
        var syntax = new JsonSyntax();
        if (!syntax.Read(utf8) || !syntax.End())
        {
            problem = syntax.Found!;
            return false;
        }
        problem = null;
        try
        {
            using var reader = new JsonTextReader(new StringReader(new UTF8Encoding(false, true).GetString(utf8)))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Double,
                MaxDepth = JsonSyntax.MaxDepth,
            };
            reader.Read();
            value = Read(reader);
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

    static JsonValue Read(JsonTextReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonToken.Null:
                return new JsonValue.Null();
            case JsonToken.Boolean:
                return new JsonValue.Boolean((bool)reader.Value!);
            case JsonToken.Float when !double.IsFinite((double)reader.Value!):
                throw Problem(reader, "a number that is not finite");
            case JsonToken.Integer or JsonToken.Float:
                return new JsonValue.Number(Convert.ToString(reader.Value, CultureInfo.InvariantCulture)!);
            case JsonToken.String when reader.QuoteChar == '"':
                return new JsonValue.String((string)reader.Value!);
            case JsonToken.StartArray:
                var items = ImmutableArray.CreateBuilder<JsonValue>();
                while (reader.Read() && reader.TokenType != JsonToken.EndArray)
                    items.Add(Read(reader));
                return Ended(reader, JsonToken.EndArray, new JsonValue.Array(items.ToImmutable()));
            case JsonToken.StartObject:
                var members = ImmutableDictionary.CreateBuilder<string, JsonValue>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonToken.PropertyName)
                {
                    var name = (string)reader.Value!;
                    if (reader.QuoteChar != '"')
                        throw Problem(reader, $"member '{name}' is not in double quotes");
                    if (members.ContainsKey(name))
                        throw Problem(reader, $"member '{name}' twice");
                    reader.Read();
                    members.Add(name, Read(reader));
                }
                return Ended(reader, JsonToken.EndObject, new JsonValue.Object(members.ToImmutable()));
            default:
                throw Problem(reader, reader.TokenType == JsonToken.None ? "no document" : $"unexpected {reader.TokenType}");
        }
    }

    static JsonValue Ended(JsonTextReader reader, JsonToken end, JsonValue value) =>
        reader.TokenType == end ? value : throw Problem(reader, "unexpected end");

    static JsonReaderException Problem(JsonTextReader reader, string what) =>
        new($"{what}, at line {reader.LineNumber}", reader.Path, reader.LineNumber, reader.LinePosition, null);
}
