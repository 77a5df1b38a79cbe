using System.Collections.Immutable;

namespace Lightnix.House;

/// <summary>What was there before its rule. The numbers may only become smaller; a rule without a number has nothing left.</summary>
static class Backlog
{
    public static ImmutableSortedDictionary<string, int> Numbers { get; } = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create(nameof(Documents.Design_names_types_that_are_there), 5),
        KeyValuePair.Create(nameof(Measures.LinesAreNarrow), 3300),
        KeyValuePair.Create(nameof(Measures.FilesAreShort), 12),
        KeyValuePair.Create(nameof(Measures.FoldersAreSmall), 8),
        KeyValuePair.Create(nameof(Measures.ConstructorsTakeFewThings), 12),
        KeyValuePair.Create(nameof(Measures.TestsHaveOneTypeAFile), 32),
        KeyValuePair.Create(nameof(Measures.TextsCiteOnlyWhatShips), 8),
        KeyValuePair.Create(nameof(Measures.SystemsAreAskedForInOnePlace), 70),
    ]);
}
