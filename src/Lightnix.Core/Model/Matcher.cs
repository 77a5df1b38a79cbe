namespace Lightnix.Model;

/// <summary>What chooses among the realizations of a stage; not part of any hash.</summary>
public sealed record Matcher
{
    /// <summary>The matcher of a stage that declares none: the one last made.</summary>
    public static Matcher Default { get; } = new();

    /// <summary>The matcher of a choice that declares none.</summary>
    public static Matcher OfChoices { get; } = new() { Select = Select.Only };

    public Select Select { get; init; } = Select.Latest;

    /// <summary>How many realizations are chosen; for <see cref="Select.Quorum"/>, how many equal attempts satisfy it.</summary>
    public int Take { get; init; } = 1;

    /// <summary>Completed replicates that must be there before it chooses.</summary>
    public int AtLeast { get; init; } = 1;

    /// <summary>Completed replicates (for <see cref="Select.Quorum"/>: attempts) beyond which nothing more is run.</summary>
    public int AtMost { get; init; } = 1;

    /// <summary>True when the lowest metric is the best.</summary>
    public bool LowestIsBest { get; init; }

    public Metric? Metric { get; init; }

    /// <summary>Of <see cref="Select.Exact"/>: references, or unique prefixes of them.</summary>
    public ImmutableArray<string> Realizations { get; init; } = [];

    /// <summary>True when it may choose several: they are numbered below <c>in/&lt;stage&gt;</c>, even where only one was found.</summary>
    public bool IsPlural => Select switch
    {
        Select.All => true,
        Select.Latest or Select.Best => Take > 1,
        Select.Exact => Realizations.Length > 1,
        Select.Median or Select.Only or Select.Quorum => false,
        _ => throw new InvalidOperationException($"unknown matcher {Select}"),
    };

    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("select", Select.ToString())
        .With("take", Take)
        .With("atLeast", AtLeast)
        .With("atMost", AtMost)
        .WithFlag("lowestIsBest", LowestIsBest)
        .WithOptional("metric", Metric?.ToString())
        .WithOptional("realizations", JsonValue.Texts(Realizations).Items);

    internal static Matcher FromJson(JsonValue.Object json) => new()
    {
        // Enum.TryParse reads numbers too, also those of no value.
        Select = Enum.TryParse<Select>(json.Text("select"), out var select) && select.ToString() == json.Text("select") ? select
            : throw new FormatException($"the matcher '{json.Text("select")}' is not known"),
        Take = (int)json.Integer("take", 0, int.MaxValue),
        AtLeast = (int)json.Integer("atLeast", 0, int.MaxValue),
        AtMost = (int)json.Integer("atMost", 0, int.MaxValue),
        LowestIsBest = json.Flag("lowestIsBest"),
        Metric = json.OptionalText("metric") is { } metric ? Metric.Parse(metric) : null,
        Realizations = json.OptionalTexts("realizations"),
    };

    /// <summary>Reads the text of <see cref="ToJson"/>.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    internal static Matcher Parse(string text) =>
        JsonReader.TryParse(Encoding.UTF8.GetBytes(text), out var json, out _) && json is JsonValue.Object matcher ? FromJson(matcher)
            : throw new FormatException($"'{text}' is no matcher");

    public bool Equals(Matcher? other) =>
        other is not null && Select == other.Select && Take == other.Take && AtLeast == other.AtLeast && AtMost == other.AtMost
        && LowestIsBest == other.LowestIsBest && Metric == other.Metric && Realizations.SequenceEqual(other.Realizations);

    public override int GetHashCode() => HashCode.Combine(Select, Take, AtLeast, AtMost, LowestIsBest, Metric);
}

/// <summary>The ways to choose.</summary>
public enum Select
{
    /// <summary>The <see cref="Matcher.Take"/> last made.</summary>
    Latest,

    /// <summary>The <see cref="Matcher.Take"/> with the best metric.</summary>
    Best,

    /// <summary>The middle one by metric.</summary>
    Median,

    /// <summary>Every one that keeps its promises.</summary>
    All,

    /// <summary>The single one.</summary>
    Only,

    /// <summary>The tree that most attempts of replicate 1 gave.</summary>
    Quorum,

    /// <summary>Those that are named.</summary>
    Exact,
}

/// <summary>Where a number is read from a result.</summary>
/// <param name="Pointer">A JSON pointer into the file, or null when the whole trimmed text is the number.</param>
public sealed record Metric(RelativePath File, string? Pointer)
{
    /// <summary>Reads what <see cref="ToString"/> writes: a file, or a file, <c>#</c> and a JSON pointer.</summary>
    /// <exception cref="FormatException">The file is no relative path.</exception>
    public static Metric Parse(string text) => text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var sharp
        ? new(RelativePath.Parse(text[..sharp]), text[(sharp + 1)..])
        : new(RelativePath.Parse(text), null);

    /// <summary>With a number, for messages: <c>accuracy.txt = 0.953</c>.</summary>
    public string With(string number) => $"{this} = {Figure.Of(number)}";

    public override string ToString() => Pointer is null ? File.ToString() : $"{File}#{Pointer}";
}
