namespace Lightnix.Explaining;

/// <summary>A field of a record that is not what it was.</summary>
/// <param name="Field">As <c>Command</c>, <c>parameter rate</c> or <c>source a.csv</c>.</param>
/// <param name="Before">Its former value; null if the field is new.</param>
/// <param name="Now">Its value now; null if the field is gone.</param>
public sealed record Cause(string Field, string? Before, string? Now)
{
    const int LongestQuote = 60;

    /// <summary>What changed, where the values are hashes: <c>content</c>, <c>version</c>; null if the values say it.</summary>
    public string? Aspect { get; init; }

    /// <summary>True of a parameter: people look for these first.</summary>
    public bool IsParameter => Field.StartsWith("parameter ", StringComparison.Ordinal);

    /// <summary>A few words for people, as <c>parameter rate 0.1 → 0.05</c>.</summary>
    public string Brief => Aspect is null && IsQuoted ? $"{Field} {Before} → {Now}" : ToString();

    bool IsQuoted => IsShort(Before) && IsShort(Now);

    /// <summary>A sentence for people.</summary>
    public override string ToString() => this switch
    {
        { Before: null } => $"{Field} is new",
        { Now: null } => $"{Field} is gone",
        { Aspect: { } aspect } => $"{Field} changed ({aspect})",
        { IsQuoted: true } => $"{Field} was '{Before}' and is '{Now}'",
        _ => $"{Field} changed",
    };

    static bool IsShort(string? text) => text is { Length: <= LongestQuote } && !text.Contains('\n', StringComparison.Ordinal);
}
