namespace Lightnix.Planning;

/// <summary>Collects every mistake of a declaration: one never hides another.</summary>
sealed class Findings
{
    readonly List<Diagnostic> _found = [];

    public bool HasErrors => _found.Exists(d => d.Severity == Severity.Error);
    public int Count => _found.Count;

    /// <summary>A message is one line, whatever the text holds that it quotes.</summary>
    public void Add(Diagnostic diagnostic) => _found.Add(diagnostic with { Message = Visible.Text(diagnostic.Message) });

    /// <summary>Sorted by kind and place of the item, then by metadata, without duplicates.</summary>
    public ImmutableArray<Diagnostic> Sorted() => _found.Count < 2 ? [.. _found] :
    [
        .. _found
            .OrderBy(d => (int?)d.Item?.Kind ?? -1)
            .ThenBy(d => d.Item?.Ordinal ?? -1)
            .ThenBy(d => d.Metadata, StringComparer.Ordinal)
            .ThenBy(d => d.Code, StringComparer.Ordinal)
            .ThenBy(d => d.Message, StringComparer.Ordinal)
            .DistinctBy(d => (d.Item?.Kind, d.Item?.Ordinal, d.Metadata, d.Code, d.Message)),
    ];
}
