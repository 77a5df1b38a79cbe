namespace Lightnix.Promises;

/// <summary>A metric's value and text, or why there is none.</summary>
/// <param name="Value">Finite.</param>
/// <param name="Text">The number as the file has it, trimmed.</param>
/// <param name="Problem">One sentence; null: there is a value.</param>
public sealed record MetricReading(double? Value, string? Text, string? Problem)
{
    internal static MetricReading Unreadable(string problem) => new(null, null, problem);
}
