using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>How much a stage varies.</summary>
/// <param name="Name">As it was asked for; of a cell of a matrix, the cell's.</param>
sealed record NamedVariance(string Name, Variance Variance)
{
    const int MostFiles = 3;

    /// <summary>Shows the cells of a matrix, a row each.</summary>
    public static void Show(ImmutableArray<NamedVariance> cells, bool isJson)
    {
        if (isJson)
            Output.Json(new JsonValue.Array([.. cells.Select(c => VarianceJson.Of(c.Variance, c.Name))]));
        else if (Output.IsTerminal)
        {
            string[] titles = ["stage", "verdict", "attempts", "seeds", "repeated", "machines", "same seed differs in"];
            Output.Rows(titles, cells.Select(c => c.Row));
        }
        else
            Output.Rows([], cells.Select(c => VarianceText.Summary(c.Variance, c.Name)));
    }

    string[] Row =>
    [
        .. VarianceText.Summary(Variance, Name)[..^2],
        Listed.First(MostFiles, Variance.Files.Where(f => f.SameSeed == true).Select(f => f.Path.ToString())),
    ];
}
