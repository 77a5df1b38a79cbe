namespace Lightnix.Planning;

/// <summary>Cuts declared stages down to what gives them their names, cells and promises. The next build reports mistakes in other
/// metadata.</summary>
/// <param name="readable">The items whose stages are kept as inputs; empty: which stage reads which does not matter.</param>
sealed class StageOutline(ImmutableArray<DeclaredItem> readable)
{
    // Metadata that makes the cells of a matrix.
    static readonly ImmutableArray<string> ForCells = [Names.Matrix, Names.Parameters];

    static readonly ImmutableArray<string> WithPlaceholders = [Names.Command, Names.Arguments, Names.Environment];

    readonly ImmutableArray<string> _stages =
        [.. readable.Where(i => i.Kind == ItemKind.Stage).Select(i => i.Include)];

    public DeclaredItem Of(DeclaredItem item)
    {
        if (item.Kind != ItemKind.Stage)
            return item;
        // What a choice promises, the stages promise that it names.
        var kept = item.Find(Names.From) is not null ? [Names.From, Names.Failed] : ForCells;
        var outline = item with
        {
            Metadata = item.Metadata.RemoveRange(item.Metadata.Keys.Where(k => !kept.Contains(k, StringComparer.OrdinalIgnoreCase))),
        };
        return item.Find(Names.From) is not null ? outline : outline with
        {
            Metadata = outline.Metadata.SetItem(Names.Command, string.Join(' ', Inputs(item).Distinct().Prepend("outline"))),
        };
    }

    // Without their paths, since a whole stage need not be promised.
    IEnumerable<string> Inputs(DeclaredItem item)
    {
        if (_stages.IsEmpty)
            return [];
        var placed = WithPlaceholders.SelectMany(n => PlaceholderText.Parse(Escapes.Decode(item.Find(n) ?? ""), out _))
            .Where(p => p.IsPlaceholder).Select(p => p.Text);
        return placed.Concat(Escapes.List(item.Find(Names.Inputs) ?? "")).Select(Stage).OfType<string>().Select(t => $"@{{{t}}}");
    }

    // A stage, a cell by its own name, or cells of a matrix; null of anything else.
    string? Stage(string text) => StageReference.TryParse(text, out var reference) && reference.Project is null
        && _stages.Any(s => reference.Stage.Equals(s, StringComparison.OrdinalIgnoreCase)
            || reference.Stage.StartsWith(s + "-", StringComparison.OrdinalIgnoreCase))
        ? reference.Path is { } path ? text[..^(path.Length + 1)] : text : null;
}
