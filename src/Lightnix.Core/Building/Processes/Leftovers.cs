namespace Lightnix.Building;

/// <summary>Processes that still ran when their builder had ended. They have been ended.</summary>
/// <param name="Names">As <c>sleep (7)</c>; not all of thousands.</param>
/// <param name="More">Number of further processes.</param>
public sealed record Leftovers(ImmutableArray<string> Names, int More = 0)
{
    const int MostNames = 20;

    public static Leftovers None { get; } = new([]);
    public bool IsEmpty => Names.IsEmpty && More == 0;
    int Count => Names.Length + More;

    /// <summary>The number, as <c>3 processes</c>.</summary>
    public string Counted => Count == 1 ? "a process" : $"{Count} processes";

    /// <summary>The first names, and the number of the others.</summary>
    public string Listed => Model.Listed.First(MostNames, Names, beside: More);
}
