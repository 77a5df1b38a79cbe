namespace Lightnix.Hashing;

/// <summary>Reading members of a record that Lightnix wrote; anything else is a <see cref="FormatException"/> that names the
/// member.</summary>
public static class JsonAccess
{
    public static string Text(this JsonValue.Object record, string name) =>
        record.OptionalText(name) ?? throw Missing(name, "a text");

    public static string? OptionalText(this JsonValue.Object record, string name) => record.Find(name) switch
    {
        null => null,
        JsonValue.String text => text.Value,
        _ => throw Missing(name, "a text"),
    };

    public static long Integer(this JsonValue.Object record, string name) => record.Find(name) switch
    {
        JsonValue.Number number when long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var value) => value,
        _ => throw Missing(name, "an integer"),
    };

    /// <summary>An integer in a range; anything else is refused.</summary>
    public static long Integer(this JsonValue.Object record, string name, long least, long most) =>
        record.Integer(name) is var value && value >= least && value <= most
        ? value
        : throw new FormatException(FormattableString.Invariant($"the member '{name}' is {value}; it should be from {least} to {most}"));

    /// <summary>A number of things: from <paramref name="least"/> to <see cref="MostCounted"/>.</summary>
    public static int Count(this JsonValue.Object record, string name, int least) => (int)record.Integer(name, least, MostCounted);

    /// <summary>No count of a record is larger. One more still fits into the type.</summary>
    public const int MostCounted = 1_000_000_000;

    public static bool Flag(this JsonValue.Object record, string name) => record.Find(name) switch
    {
        null => false,
        JsonValue.Boolean flag => flag.Value,
        _ => throw Missing(name, "true or false"),
    };

    public static JsonValue.Object Object(this JsonValue.Object record, string name) =>
        record.Find(name) as JsonValue.Object ?? throw Missing(name, "an object");

    public static ImmutableArray<JsonValue> OptionalItems(this JsonValue.Object record, string name) => record.Find(name) switch
    {
        null => [],
        JsonValue.Array array => array.Items,
        _ => throw Missing(name, "an array"),
    };

    public static ImmutableArray<string> OptionalTexts(this JsonValue.Object record, string name) =>
        [.. record.OptionalItems(name)
            .Select(item => item is JsonValue.String text ? text.Value : throw Missing(name, "an array of texts"))];

    public static ImmutableArray<JsonValue.Object> OptionalObjects(this JsonValue.Object record, string name) =>
        [.. record.OptionalItems(name).Select(item => item as JsonValue.Object ?? throw Missing(name, "an array of objects"))];

    public static ImmutableSortedDictionary<string, string> OptionalMap(this JsonValue.Object record, string name) =>
        record.Find(name) switch
        {
            null => ImmutableSortedDictionary.Create<string, string>(Utf8Order.Instance),
            JsonValue.Object map => map.Members.Keys.ToImmutableSortedDictionary(k => k, map.Text, Utf8Order.Instance),
            _ => throw Missing(name, "an object of texts"),
        };

    static FormatException Missing(string name, string kind) => new($"the member '{name}' should be {kind}");
}
