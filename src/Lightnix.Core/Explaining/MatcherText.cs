namespace Lightnix.Explaining;

/// <summary>A matcher in a few words, as <c>best of 5 by accuracy.txt</c>.</summary>
public static class MatcherText
{
    public static string Of(Matcher matcher) => matcher.Select switch
    {
        Select.Latest => $"latest{Several(matcher.Take)}{Among(matcher)}",
        Select.Best => $"{(matcher.LowestIsBest ? "lowest" : "best")}{Several(matcher.Take)}{Among(matcher)} by {matcher.Metric}",
        Select.Median => $"median{Among(matcher)} by {matcher.Metric}",
        Select.All => $"all{Among(matcher)}",
        Select.Only => $"only one{Among(matcher)}",
        Select.Quorum => $"quorum of {Text(matcher.Take)} equal attempts",
        Select.Exact => $"exactly {string.Join(", ", matcher.Realizations)}",
        _ => throw new ArgumentOutOfRangeException(nameof(matcher), matcher.Select, null),
    };

    static string Several(int take) => take == 1 ? "" : $" {Text(take)}";

    static string Among(Matcher matcher) => matcher.AtLeast == 1 ? "" : $" of {Text(matcher.AtLeast)}";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
