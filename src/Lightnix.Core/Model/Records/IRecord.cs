namespace Lightnix.Model;

/// <summary>What a store keeps as RFC 8785 JSON; its member <c>format</c> separates the kinds.</summary>
public interface IRecord<TSelf> where TSelf : class, IRecord<TSelf>
{
    /// <summary>The kind and its version, as <c>lightnix/run/1</c>.</summary>
    static abstract string Format { get; }

    /// <summary>True of a format that <see cref="FromJson"/> reads.</summary>
    static virtual bool Reads(string format) => format == TSelf.Format;

    /// <summary>The format that this record has: the oldest one that holds all its members. So an old record has its old bytes, and an old
    /// version of Lightnix reads what it can understand.</summary>
    string OwnFormat => TSelf.Format;

    /// <summary>All members but <c>format</c>.</summary>
    JsonValue.Object ToJson();

    /// <exception cref="FormatException">A member is missing or has another kind.</exception>
    static abstract TSelf FromJson(JsonValue.Object json);
}

/// <summary>The bytes of records: what is hashed is what is stored.</summary>
public static class RecordBytes
{
    public static byte[] ToBytes<T>(this T record) where T : class, IRecord<T> =>
        CanonicalJson.ToBytes(record.ToJson().With("format", record.OwnFormat));

    public static Reference<T> Reference<T>(this T record) where T : class, IRecord<T> => new(Digest.Of(record.ToBytes()));

    /// <summary>Bytes of records come from disks, caches and other people. Everything that is wrong with them is a
    /// <see cref="FormatException"/>.</summary>
    /// <exception cref="FormatException">The bytes are no record of this kind, one that makes no sense, or one of a version that this
    /// Lightnix does not know.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> bytes) where T : class, IRecord<T>
    {
        if (JsonReader.Parse(bytes) is not JsonValue.Object json)
            throw new FormatException("a record is a JSON object");
        var format = json.Text("format");
        if (!T.Reads(format))
            throw new FormatException($"the format is '{format}'; this Lightnix reads '{T.Format}' here");
        try
        {
            return T.FromJson(json);
        }
        catch (Exception e)
        {
            throw new FormatException(Visible.Cut(e.Message, 300), e);
        }
    }
}
