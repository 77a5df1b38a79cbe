using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Results that a name on the command line means.</summary>
/// <param name="Name">As it was written.</param>
/// <param name="Places">Of a file or folder: where the results hold it, those of the first result first. Else empty.</param>
sealed record NamedContent(string Name, ImmutableArray<Realization> Results, ImmutableArray<FoundContent> Places);
