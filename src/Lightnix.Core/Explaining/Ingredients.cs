namespace Lightnix.Explaining;

/// <summary>The fields that a hash is made of, one a line with its value and its meaning. A field left out has its default.</summary>
public static class Ingredients
{
    /// <summary>What the author of the stage declared, and what was found at the declared paths.</summary>
    public static ImmutableArray<string> Of(Derivation derivation) =>
    [
        Line("name", derivation.Name.ToString(), "what the stage is called; nothing runs again because of it"),
        .. Of(derivation.Builder),
        .. derivation.Parameters.Select(p => Line($"parameter {p.Key}", p.Value, "its value as written")),
        .. derivation.Environment.Select(e => Line($"environment {e.Key}", e.Value, "a variable that the builder is given")),
        .. Of(derivation.Sources),
        .. derivation.Inputs.Select(i => Line($"input {i.At}", i.Derivation.ToString(), i.IsWhole
            ? "the derivation of a stage that is read whole"
            : $"the derivation of a stage of which {string.Join(", ", i.Paths)} is read")),
        .. derivation.Tools.Select(t => Line("tool", t, "a program whose version counts")),
        .. Rest(derivation.Network, derivation.Platform, derivation.Seed),
        .. Optional("epoch", derivation.Epoch, "what the stage takes for one time"),
    ];

    /// <summary>What the builder can see: what is chosen for the inputs, and what is found on this machine.</summary>
    public static ImmutableArray<string> Of(Resolved resolved) =>
    [
        .. Of(resolved.Builder),
        .. resolved.Parameters.Select(p => Line($"parameter {p.Key}", p.Value, "its value as written")),
        .. resolved.Environment.Select(e => Line($"environment {e.Key}", e.Value, "a variable that the builder is given")),
        .. Of(resolved.Sources),
        .. resolved.Inputs.Select(i => Line($"input in/{i.Path}", i.Hash.ToString(), i.Kind == ContentKind.File
            ? $"the bytes of {Article(i.Executable)} file that was chosen"
            : "the content of a folder that was chosen")),
        .. resolved.Tools.Select(t => Line($"tool {t.Key}", t.Value, "the hash of what it prints as its version")),
        .. Rest(resolved.Network, resolved.Platform, resolved.Seed),
        .. Optional("epoch", resolved.Epoch, "the time in which it is made"),
    ];

    static IEnumerable<string> Of(Builder builder) => builder.Fields.SelectMany(f => f.Words is { } words
        ? words.Select((word, i) => Line($"{f.Title} {i + 1}", word, f.Meaning))
        : Optional(f.Title, f.Value, f.Meaning));

    static IEnumerable<string> Of(ImmutableArray<SourceEntry> sources) =>
        sources.Select(s => Line($"source {s.Path}", s.Content.ToString(),
            $"the bytes of {Article(s.Executable)} file of the working tree"));

    static IEnumerable<string> Rest(bool network, string? platform, string? seed) =>
    [
        .. Optional("network", network ? "true" : null, "the builder may reach it"),
        .. Optional("platform", platform, "the only kind of machine that runs it"),
        .. Optional("seed", seed, "the text that seeds are drawn from, in place of the stage's name"),
    ];

    static IEnumerable<string> Optional(string what, string? value, string sentence) => value is null ? [] : [Line(what, value, sentence)];

    static string Line(string what, string value, string sentence) => $"{what} ({sentence}): {value}";

    static string Article(bool executable) => executable ? "an executable" : "a";
}
