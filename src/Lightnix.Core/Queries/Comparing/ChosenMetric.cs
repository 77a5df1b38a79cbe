namespace Lightnix.Queries;

/// <summary>A metric by which a result was chosen.</summary>
/// <param name="Text">The number as the file has it.</param>
public sealed record ChosenMetric(string Name, string Text);
