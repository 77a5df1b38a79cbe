namespace Lightnix.Explaining;

/// <summary>A choice that differs from that of the last build.</summary>
/// <param name="Because">As <c>replicate 3</c> and <c>parameter rate 0.1 → 0.05</c>; may be empty.</param>
public sealed record ChoiceNews(
    ImmutableArray<ChosenResult> Before, ImmutableArray<ChosenResult> Now, ImmutableArray<string> Because)
{
    /// <summary>Both choices as values of one cause, with their winners and metrics.</summary>
    public Cause Cause => new("the choice", Text(Before), Text(Now));

    /// <summary>True where more than references is to be said.</summary>
    public bool IsTold => Before.Concat(Now).Any(r => r.Metric is not null || r.Winner is not null);

    static string Text(ImmutableArray<ChosenResult> results) => string.Join(' ', results.Select(Text));

    static string Text(ChosenResult result)
    {
        var metric = result.Metric is { } number ? Figure.Of(number) : null;
        var words = new[] { result.Winner?.ToString(), metric }.OfType<string>().ToImmutableArray();
        return words.IsEmpty ? result.Realization.Short : $"{result.Realization.Short} ({string.Join(", ", words)})";
    }

    public JsonValue.Object ToJson() => JsonValue.Object.Empty.WithOptional("before", Before.Select(r => r.ToJson()))
        .WithOptional("now", Now.Select(r => r.ToJson())).WithOptional("because", JsonValue.Texts(Because).Items);

    internal static ChoiceNews FromJson(JsonValue.Object json) => new(
        [.. json.OptionalObjects("before").Select(ChosenResult.FromJson)], [.. json.OptionalObjects("now").Select(ChosenResult.FromJson)],
        json.OptionalTexts("because"));
}
