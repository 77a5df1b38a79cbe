namespace Lightnix.Model;

/// <summary>The immutable, hashed description of a stage. Sets are sorted by UTF-8 bytes; constant defaults are left out.</summary>
public sealed record Derivation : IRecord<Derivation>
{
    public static string Format => "lightnix/derivation/1";

    /// <summary>The stage's name as declared.</summary>
    public required StageName Name { get; init; }

    public required Builder Builder { get; init; }

    /// <summary>Values as written: <c>0.1</c> is not <c>0.10</c>.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = NoTexts;

    public ImmutableSortedDictionary<string, string> Environment { get; init; } = NoTexts;

    /// <summary>Sorted by path.</summary>
    public ImmutableArray<SourceEntry> Sources { get; init; } = [];

    /// <summary>Sorted by <see cref="InputEntry.At"/>.</summary>
    public ImmutableArray<InputEntry> Inputs { get; init; } = [];

    /// <summary>Names of programs whose identity counts, sorted.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>True when the stage may reach the network.</summary>
    public bool Network { get; init; }

    /// <summary>The only kind of machine that runs it, as <c>linux-x64</c>; null: any.</summary>
    public string? Platform { get; init; }

    /// <summary>A text that replaces the stage's name in the seed formula.</summary>
    public string? Seed { get; init; }

    /// <summary><c>Hourly</c>, <c>Daily</c>, <c>Weekly</c>, <c>Monthly</c> or any text.</summary>
    public string? Epoch { get; init; }

    internal static ImmutableSortedDictionary<string, string> NoTexts { get; } =
        ImmutableSortedDictionary.Create<string, string>(Utf8Order.Instance);

    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("name", Name.ToString())
        .With("builder", Builder.ToJson())
        .WithOptional("parameters", Parameters)
        .WithOptional("environment", Environment)
        .WithOptional("sources", Sources.Select(s => s.ToJson()))
        .WithOptional("inputs", Inputs.Select(i => i.ToJson()))
        .WithOptional("tools", JsonValue.Texts(Tools).Items)
        .WithFlag("network", Network)
        .WithOptional("platform", Platform)
        .WithOptional("seed", Seed)
        .WithOptional("epoch", Epoch);

    public static Derivation FromJson(JsonValue.Object json) => new()
    {
        Name = StageName.Parse(json.Text("name")),
        Builder = Builder.FromJson(json.Object("builder")),
        Parameters = json.OptionalMap("parameters"),
        Environment = json.OptionalMap("environment"),
        Sources = [.. json.OptionalObjects("sources").Select(SourceEntry.FromJson)],
        Inputs = [.. json.OptionalObjects("inputs").Select(InputEntry.FromJson)],
        Tools = json.OptionalTexts("tools"),
        Network = json.Flag("network"),
        Platform = json.OptionalText("platform"),
        Seed = json.OptionalText("seed"),
        Epoch = json.OptionalText("epoch"),
    };
}
