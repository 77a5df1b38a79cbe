namespace Lightnix.Model;

/// <summary>An input as a derivation describes it.</summary>
/// <param name="At">The folder below <c>in/</c>: the stage's name, or <c>project.stage</c>.</param>
/// <param name="Paths">The paths of it that count, sorted; empty: the whole tree.</param>
public sealed record InputEntry(string At, ImmutableArray<RelativePath> Paths, Reference<Derivation> Derivation)
{
    public bool IsWhole => Paths.IsEmpty;

    internal JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("at", At)
        .WithOptional("paths", JsonValue.Texts(Paths.Select(p => p.ToString())).Items)
        .With("derivation", Derivation.ToString());

    internal static InputEntry FromJson(JsonValue.Object json) => new(
        json.Text("at"),
        [.. json.OptionalTexts("paths").Select(RelativePath.ParseExact)],
        Reference<Derivation>.Parse(json.Text("derivation")));
}
