namespace Lightnix.Storage;

/// <summary>What is to be, or was, collected, in the order of collection.</summary>
/// <param name="Blocked">Why nothing may be collected; empty: it may.</param>
/// <param name="Stays">Bytes of contents that stay.</param>
public sealed record GarbagePlan(ImmutableArray<Garbage> Items, ImmutableArray<string> Blocked, long Stays)
{
    /// <summary>The sum of what the items free, in bytes.</summary>
    public long Freed => Items.Sum(i => i.Size);

    /// <summary>The sizes of contents before anything is collected, with what stays noted.</summary>
    internal Func<ContentSizes>? Sizes { get; init; }

    /// <summary>What sessions relied on, and what the roots were, when this was planned.</summary>
    internal HashSet<Digest> Kept { get; init; } = [];

    internal string Roots { get; init; } = "";

    /// <summary>What could not be removed, sorted by place. All that it names stays too.</summary>
    public ImmutableArray<Stuck> Stuck { get; init; } = [];
}
