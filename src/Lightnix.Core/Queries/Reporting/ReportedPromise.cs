namespace Lightnix.Queries;

/// <summary>A promise in a report, as it was when the build chose.</summary>
/// <param name="Value">The number, of the first chosen result; null where it is none, or cannot be read.</param>
/// <param name="Size">In bytes, of the path in the first chosen result; null where its listing is gone.</param>
public sealed record ReportedPromise(RecordedPromise Promise, string? Value, long? Size);
