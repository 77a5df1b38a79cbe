namespace Lightnix.Queries;

/// <summary>A promise in a report, as it was when the build chose.</summary>
/// <param name="Path">The promised path, with the pointer of a number in a JSON file.</param>
/// <param name="Demands">What it demands, by names of metadata.</param>
/// <param name="Value">The number, of the first chosen result; of another path, null.</param>
/// <param name="Size">In bytes, of the path in the first chosen result; null where the listing is gone.</param>
public sealed record ReportedPromise(
    string Path, ImmutableSortedDictionary<string, string> Demands, string? Value, long? Size);
