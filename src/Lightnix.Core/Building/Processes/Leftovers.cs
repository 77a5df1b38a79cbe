using System.Collections.Immutable;

namespace Lightnix.Building;

/// <summary>Processes that were still running when a builder had ended. They have been ended.</summary>
/// <param name="Names">As <c>sleep (7)</c>; of thousands not all.</param>
/// <param name="More">How many there were beside them.</param>
public sealed record Leftovers(ImmutableArray<string> Names, int More = 0)
{
    const int MostNames = 20;

    public static Leftovers None { get; } = new([]);

    public bool IsEmpty => Names.IsEmpty && More == 0;

    int Count => Names.Length + More;

    /// <summary>How many, as <c>3 processes</c>.</summary>
    public string Counted => Count == 1 ? "a process" : $"{Count} processes";

    /// <summary>The first of them, and how many more there are.</summary>
    public string Listed => Model.Listed.First(MostNames, Names, beside: More);
}
