namespace Lightnix.House;

/// <summary>What was there before its rule. The numbers may only become smaller; a rule without a number has nothing left.</summary>
static class Backlog
{
    public static ImmutableSortedDictionary<string, int> Numbers { get; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);
}
