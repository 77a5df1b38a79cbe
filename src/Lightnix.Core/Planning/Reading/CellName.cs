namespace Lightnix.Planning;

/// <summary>Names of the cells of a matrix.</summary>
public static class CellName
{
    /// <summary><c>train-0_1-3</c>: what a name cannot hold is <c>_</c>.</summary>
    /// <param name="values">In the order of the axes.</param>
    public static string Of(string matrix, IEnumerable<string> values) => string.Join('-', values.Select(Text).Prepend(matrix));

    /// <summary>True if the rest of a stage's name behind that of the matrix is made of values of its parameters.</summary>
    public static bool IsCell(string stage, string matrix, IEnumerable<string> parameters) =>
        stage.Length > matrix.Length && stage.StartsWith(matrix, StringComparison.OrdinalIgnoreCase)
        && IsMadeOf(stage[matrix.Length..], [.. parameters.Select(Text)]);

    static bool IsMadeOf(string rest, ImmutableList<string> values) => rest.Length == 0
        || values.Any(v => rest.StartsWith("-" + v, StringComparison.Ordinal) && IsMadeOf(rest[(v.Length + 1)..], values.Remove(v)));

    static string Text(string value) => string.Concat(value.Select(c => StageName.IsLegal(c) ? c : '_'));
}
