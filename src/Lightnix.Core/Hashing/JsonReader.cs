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
        value = null;
        var syntax = new JsonSyntax();
        if (!syntax.Read(utf8) || !syntax.End())
        {
            problem = syntax.Problem!;
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
                throw new JsonReaderException($"more than one document, at line {reader.LineNumber}");
        }
        catch (Exception e) when (e is JsonReaderException or DecoderFallbackException or FormatException or OverflowException)
        {
            value = null;
            problem = e.Message;
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
                throw new JsonReaderException($"a number that is not finite, at line {reader.LineNumber}");
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
                        throw new JsonReaderException($"member '{name}' is not in double quotes, at line {reader.LineNumber}");
                    if (members.ContainsKey(name))
                        throw new JsonReaderException($"member '{name}' twice, at line {reader.LineNumber}");
                    reader.Read();
                    members.Add(name, Read(reader));
                }
                return Ended(reader, JsonToken.EndObject, new JsonValue.Object(members.ToImmutable()));
            default:
                throw new JsonReaderException($"{(reader.TokenType == JsonToken.None ? "no document" : $"unexpected {reader.TokenType}")}, at line {reader.LineNumber}, column {reader.LinePosition}");
        }
    }

    static JsonValue Ended(JsonTextReader reader, JsonToken end, JsonValue value) =>
        reader.TokenType == end ? value : throw new JsonReaderException($"unexpected end, at line {reader.LineNumber}");
}
