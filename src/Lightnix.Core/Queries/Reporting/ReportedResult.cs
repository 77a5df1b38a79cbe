namespace Lightnix.Queries;

/// <summary>A chosen result in a report.</summary>
/// <param name="Run">The first run that gave it; null where none is known.</param>
/// <param name="Size">In bytes; null where the listing is gone.</param>
/// <param name="IsPresent">True if the store has the files.</param>
public sealed record ReportedResult(ChosenResult Result, Run? Run, long? Size, bool IsPresent);
