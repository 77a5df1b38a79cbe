namespace Lightnix.Planning;

/// <summary>Reads the target path of a promise's copies. All cells of a matrix share one promise, so each cell has a path of its own: below
/// its name, or a <c>Link</c> with <c>@{params.name}</c>.</summary>
sealed class LinkReader(Findings findings)
{
    const string ParameterPrefix = "params.";

    /// <summary>The target path; null: the promise's own.</summary>
    public RelativePath? Read(ItemReader reader, RelativePath path, StageDraft draft, StageCell cell)
    {
        if (reader.Text(Names.Link) is not { } text)
            return draft.Matrix is null ? null : RelativePath.OfSegments([cell.Name.ToString()]).Append(path);
        if (Expand(reader, text, draft, cell) is not { } link)
            return null;
        if (!RelativePath.TryParse(link, out var target) || target.IsRoot)
            reader.Refuse(Names.Link, link, "Link is a relative path without '..', as 'data/table.csv'");
        else if (ItemPaths.WhyNot(target) is { } why)
            reader.Refuse(Names.Link, Visible.Text(link), $"the path {why}; write a name without it");
        else
            return target;
        return null;
    }

    string? Expand(ItemReader reader, string text, StageDraft draft, StageCell cell)
    {
        var link = new StringBuilder();
        var pieces = PlaceholderText.Parse(text, out var unclosed);
        foreach (var piece in pieces)
        {
            if (!piece.IsPlaceholder)
                link.Append(piece.Text);
            else if (ValueOf(piece.Text, draft, cell) is { } value)
                link.Append(value);
            else
                return Refuse(reader, draft, $"@{{{piece.Text}}}");
        }
        return unclosed is null ? link.ToString() : Refuse(reader, draft, unclosed);
    }

    static string? ValueOf(string placeholder, StageDraft draft, StageCell cell) =>
        placeholder.StartsWith(ParameterPrefix, StringComparison.OrdinalIgnoreCase)
        ? cell.Axes.GetValueOrDefault(placeholder[ParameterPrefix.Length..])
            ?? draft.Parameters.GetValueOrDefault(placeholder[ParameterPrefix.Length..])
        : null;

    string? Refuse(ItemReader reader, StageDraft draft, string placeholder)
    {
        if (draft.ParametersAreWhole)
            findings.Add(DeclarationErrors.UnknownInLink(reader.Item, placeholder, draft.Item.Include,
                draft.ParameterNames.Select(name => $"@{{{ParameterPrefix}{name}}}")));
        return null;
    }
}
