namespace Lightnix.Queries;

/// <summary>What keeps a result from garbage collection.</summary>
/// <param name="Kind"><c>root</c>, <c>lock file</c> or <c>pin</c>.</param>
/// <param name="Name">The project file, the lock file, or the name or reason of the pin.</param>
/// <param name="Path">From what is kept itself to the result, which was made from it or is it.</param>
/// <param name="KeepsFiles">False where only records stay: the files may be collected.</param>
public sealed record Keeper(string Kind, string Name, ImmutableArray<KeptResult> Path, bool KeepsFiles)
{
    /// <summary>Why records stay of a result that was not chosen; null: it is chosen, pinned, or an input.</summary>
    public string? Because { get; init; }
}
