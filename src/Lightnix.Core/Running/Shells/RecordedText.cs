using Lightnix.Planning;

namespace Lightnix.Running;

/// <summary>Reads the placeholders in texts of a derivation, which were checked when it was declared.</summary>
/// <param name="of">The derivation of an input; null if it was collected.</param>
sealed class RecordedText(Derivation derivation, Func<Reference<Derivation>, Derivation?> of)
{
    const string ParameterPrefix = "params.";

    public Template Parse(string text) =>
        new([.. PlaceholderText.Parse(text, out _).Select(p => p.IsPlaceholder ? Bind(p.Text) : new TemplatePart.Literal(p.Text))]);

    TemplatePart Bind(string text) => text.StartsWith(ParameterPrefix, StringComparison.OrdinalIgnoreCase)
        ? new TemplatePart.Parameter(text[ParameterPrefix.Length..])
        : text.ToLowerInvariant() switch
        {
            "out" => new TemplatePart.Out(),
            "seed" => new TemplatePart.Seed(),
            "replicate" => new TemplatePart.Replicate(),
            "cores" => new TemplatePart.Cores(),
            WorkingFolder.Checkpoint => new TemplatePart.Checkpoint(),
            _ when StageReference.TryParse(text, out var reference) =>
                new TemplatePart.Input(Folders(reference), RelativePath.Parse(reference.Path ?? "")),
            _ => new TemplatePart.Literal($"@{{{text}}}"),
        };

    // A stage, or cells of a matrix, whose names begin with that of the matrix.
    ImmutableArray<string> Folders(StageReference reference)
    {
        var name = reference.Project is null ? reference.Stage : $"{reference.Project}.{reference.Stage}";
        var exact = derivation.Inputs.Where(i => i.At.Equals(name, StringComparison.OrdinalIgnoreCase)).ToImmutableArray();
        var found = exact.IsEmpty || !reference.Cells.IsEmpty
            ? [.. derivation.Inputs.Where(i => i.At.StartsWith(name + "-", StringComparison.OrdinalIgnoreCase) && Has(i, reference))]
            : exact;
        return [.. found.Select(i => i.At)];
    }

    bool Has(InputEntry input, StageReference reference)
    {
        var parameters = of(input.Derivation)?.Parameters ?? Derivation.NoTexts;
        return reference.Cells.All(c =>
            parameters.Any(p => p.Key.Equals(c.Axis, StringComparison.OrdinalIgnoreCase) && p.Value == c.Value));
    }
}
