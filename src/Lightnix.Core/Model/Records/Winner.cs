namespace Lightnix.Model;

/// <summary>The stage of which a choice stage took a result.</summary>
/// <param name="Stage">As the project of the choice names it.</param>
/// <param name="Parameters">Of that stage, with the values of its axes.</param>
public sealed record Winner(StageName Stage, ImmutableSortedDictionary<string, string> Parameters)
{
    public bool Equals(Winner? other) => other is not null && Stage == other.Stage && Parameters.SequenceEqual(other.Parameters);

    public override int GetHashCode() => Stage.GetHashCode();

    /// <summary>As <c>train-0_1-3 (depth 3, rate 0.1)</c>.</summary>
    public override string ToString() =>
        Parameters.IsEmpty ? $"{Stage}" : $"{Stage} ({string.Join(", ", Parameters.Select(p => $"{p.Key} {p.Value}"))})";

    public JsonValue.Object ToJson() => JsonValue.Object.Empty.With("stage", Stage.ToString()).WithOptional("parameters", Parameters);

    /// <summary>Reads the text of <see cref="ToJson"/>.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    internal static Winner Parse(string text) => JsonReader.Parse(Encoding.UTF8.GetBytes(text)) is JsonValue.Object json
        ? FromJson(json) : throw new FormatException($"'{text}' names no stage that won");

    internal static Winner FromJson(JsonValue.Object json) =>
        new(StageName.ParseOfAny(json.Text("stage")), json.OptionalMap("parameters"));
}
