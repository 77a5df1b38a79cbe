namespace Lightnix.Storage;

/// <summary>What is to be, or was, collected, in the order of collection.</summary>
/// <param name="Blocked">Why nothing may be collected; empty: it may.</param>
/// <param name="Freed">Bytes of contents, and of what lies beside them, that go with it.</param>
/// <param name="Stays">Bytes of contents that stay.</param>
public sealed record GarbagePlan(ImmutableArray<Garbage> Items, ImmutableArray<string> Blocked, long Freed, long Stays)
{
    /// <summary>What sessions relied on, and what the roots were, when this was planned.</summary>
    internal HashSet<Digest> Kept { get; init; } = [];

    internal string Roots { get; init; } = "";

    /// <summary>What could not be removed, sorted by place. All that it names stays too.</summary>
    public ImmutableArray<Stuck> Stuck { get; init; } = [];
}
