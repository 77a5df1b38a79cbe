namespace Lightnix.Cli;

/// <summary>A name with the number of a build after it, as <c>model@3</c>: what it was after the third last build.</summary>
/// <param name="Build">1: the last one; null: the name has no number.</param>
sealed record NumberedName(string Name, int? Build)
{
    public static NumberedName Parse(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && int.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var build)
            ? new(text[..at], build) : new(text, null);
    }
}
