namespace Lightnix.Storage;

/// <summary>Something in a store that is not as it was stored.</summary>
/// <param name="Place">Its path below the store's folder, with <c>/</c>.</param>
/// <param name="Problem">What is wrong with it, as <c>is missing</c>.</param>
/// <param name="Cure">What a person can do.</param>
public sealed record Damage(string Place, string Problem, string Cure)
{
    /// <summary>After a repair: what was done; null where nothing could be.</summary>
    public string? Mended { get; init; }

    /// <summary>After a repair: why it failed, in the system's words; null where it succeeded, or where only a person can repair.</summary>
    public string? Failed { get; init; }

    /// <summary>What is repaired as one: the place, or the tree that it is in.</summary>
    internal string Subject { get; init; } = Place;

    /// <summary>Repairs it and returns what was done; null where only a person can.</summary>
    internal Func<Repair, string?>? Mend { get; init; }
}
