namespace Lightnix.Model;

/// <summary>A resolved derivation: exactly what the builder can see. A builder with fixed output resolves to itself alone.</summary>
public sealed record Resolved : IRecord<Resolved>
{
    public static string Format => "lightnix/resolved/1";

    /// <summary>With the actual shell or interpreter.</summary>
    public required Builder Builder { get; init; }

    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = Derivation.NoTexts;
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = Derivation.NoTexts;

    /// <summary>Sorted by path.</summary>
    public ImmutableArray<SourceEntry> Sources { get; init; } = [];

    /// <summary>The content below <c>in/</c>: by input, then in the order of the selection, then by path.</summary>
    public ImmutableArray<ContentEntry> Inputs { get; init; } = [];

    /// <summary>Tools by name, each with the hash of the text that it prints as its version.</summary>
    public ImmutableSortedDictionary<string, string> Tools { get; init; } = Derivation.NoTexts;

    public bool Network { get; init; }
    public string? Platform { get; init; }
    public string? Seed { get; init; }

    /// <summary>The epoch's value, as <c>2026-11-22</c>.</summary>
    public string? Epoch { get; init; }

    /// <summary>True where a derivation may resolve to this one: all that it declares is here.</summary>
    public bool IsOf(Derivation derivation)
    {
        var builder = derivation.Builder.WithProgramOf(Builder);
        if (!builder.Runs)
            return new Resolved { Builder = builder }.Reference() == this.Reference();
        var declared = this with
        {
            Builder = builder,
            Parameters = derivation.Parameters,
            Environment = derivation.Environment,
            Sources = derivation.Sources,
            Network = derivation.Network,
            Platform = derivation.Platform,
            Seed = derivation.Seed,
        };
        return declared.Reference() == this.Reference() && Tools.Keys.SequenceEqual(derivation.Tools)
            && (Epoch is null) == (derivation.Epoch is null);
    }

    public JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("builder", Builder.ToJson())
        .WithOptional("parameters", Parameters)
        .WithOptional("environment", Environment)
        .WithOptional("sources", Sources.Select(s => s.ToJson()))
        .WithOptional("inputs", Inputs.Select(i => i.ToJson()))
        .WithOptional("tools", Tools)
        .WithFlag("network", Network)
        .WithOptional("platform", Platform)
        .WithOptional("seed", Seed)
        .WithOptional("epoch", Epoch);

    public static Resolved FromJson(JsonValue.Object json) => new()
    {
        Builder = Builder.FromJson(json.Object("builder")),
        Parameters = json.OptionalMap("parameters"),
        Environment = json.OptionalMap("environment"),
        Sources = [.. json.OptionalObjects("sources").Select(SourceEntry.FromJson)],
        Inputs = [.. json.OptionalObjects("inputs").Select(ContentEntry.FromJson)],
        Tools = json.OptionalMap("tools"),
        Network = json.Flag("network"),
        Platform = json.OptionalText("platform"),
        Seed = json.OptionalText("seed"),
        Epoch = json.OptionalText("epoch"),
    };
}
