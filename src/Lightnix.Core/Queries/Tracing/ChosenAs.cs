namespace Lightnix.Queries;

/// <summary>A stage whose last choice a result is.</summary>
/// <param name="Project">The project file, absolute.</param>
/// <param name="Metric">The text of the metric by which it was chosen, if it has one.</param>
public sealed record ChosenAs(string Project, string Stage, string? Metric);
