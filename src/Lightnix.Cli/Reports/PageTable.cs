namespace Lightnix.Cli;

/// <summary>A table of the page that sorts and filters. The first cell of a row is its heading.</summary>
/// <param name="Caption">Says what the rows are.</param>
sealed record PageTable(string Id, string Caption, ImmutableArray<string> Headers, ImmutableArray<PageRow> Rows)
{
    // Fewer rows are seen at once.
    const int FilteredFrom = 6;

    public Html ToHtml()
    {
        // A column without a value says nothing.
        var shown = Enumerable.Range(0, Headers.Length).Where(i => i == 0 || Rows.Any(r => r.Cells[i].Content.Text.Length > 0)).ToArray();
        var filter = Rows.Length < FilteredFrom ? Html.None : Html.Of($"""
            <p class="filter"><label>Filter <input type="search" data-table="{Id}"></label> <output>{Rows.Length} rows</output></p>

            """);
        return Html.Of($"""
            {filter}<div class="scroll" tabindex="0" role="region" aria-label="{Caption}"><table class="sortable n-last" id="{Id}">
            <caption>{Caption}</caption>
            <thead><tr>{shown.Select(i => Html.Of($"<th scope=\"col\"><button type=\"button\">{Headers[i]}</button></th>"))}</tr></thead>
            <tbody>
            {Rows.Select(r => Row(r, shown))}</tbody></table></div>

            """);
    }

    static Html Row(PageRow row, int[] shown)
    {
        var id = row.Id is null ? Html.None : Html.Of($" id=\"{row.Id}\"");
        return Html.Of($"<tr{id}>{shown.Select(i => Cell(row.Cells[i], i == 0))}</tr>\n");
    }

    static Html Cell(PageCell cell, bool isHeading)
    {
        var sort = cell.Sort is null ? Html.None : Html.Of($" data-sort=\"{cell.Sort}\"");
        return isHeading ? Html.Of($"<th scope=\"row\"{sort}>{cell.Content}</th>") : Html.Of($"<td{sort}>{cell.Content}</td>");
    }
}

/// <summary>A row of a table.</summary>
/// <param name="Id">Where links of the page lead; null: nowhere.</param>
sealed record PageRow(ImmutableArray<PageCell> Cells, string? Id = null);
