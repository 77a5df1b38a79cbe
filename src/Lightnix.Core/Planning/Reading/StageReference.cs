using System.Diagnostics.CodeAnalysis;

namespace Lightnix.Planning;

/// <summary>How a stage is named by others: <c>train</c>, <c>train/path</c>, <c>train[rate=0.1,depth=3]/path</c>,
/// <c>project:stage/path</c>.</summary>
/// <param name="Project">Of another project's stage, else null.</param>
/// <param name="Cells">Values that axes must have; an axis left out means all of it.</param>
/// <param name="Path">What stands after the first slash; null where there is none.</param>
sealed record StageReference(string? Project, string Stage, ImmutableArray<(string Axis, string Value)> Cells, string? Path)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out StageReference? reference)
    {
        reference = null;
        var (bracket, slash) = (text.IndexOf('[', StringComparison.Ordinal), text.IndexOf('/', StringComparison.Ordinal));
        var cells = ImmutableArray<(string, string)>.Empty;
        var name = slash < 0 ? text : text[..slash];
        if (bracket >= 0 && (slash < 0 || bracket < slash))
        {
            var close = text.IndexOf(']', bracket);
            while (close >= 0 && close + 1 < text.Length && text[close + 1] != '/')
                close = text.IndexOf(']', close + 1);
            if (close < 0)
                return false;
            foreach (var cell in text[(bracket + 1)..close].Split(','))
            {
                if (cell.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals))
                    return false;
                cells = cells.Add((cell[..equals].Trim(), cell[(equals + 1)..].Trim()));
            }
            (name, slash) = (text[..bracket], close + 1 < text.Length ? close + 1 : -1);
        }
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        reference = new(colon < 0 ? null : name[..colon], name[(colon + 1)..], cells, slash < 0 ? null : text[(slash + 1)..]);
        return true;
    }
}
