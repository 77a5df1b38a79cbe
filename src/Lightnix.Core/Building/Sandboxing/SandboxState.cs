namespace Lightnix.Building;

/// <summary>Whether builders run in a sandbox.</summary>
/// <param name="Name">Of the one that they run in, as <c>bubblewrap 0.8.0</c>; null: in none.</param>
/// <param name="Missing">Why there is none although one was wanted, as the end of a sentence; null when none was, or no system of this kind
/// has one.</param>
public sealed record SandboxState(string? Name, string? Missing)
{
    /// <summary>None, and none was wanted.</summary>
    public static SandboxState None { get; } = new(null, null);

    /// <summary>Whether there is one could not be found out, for a reason that passes: then no builder runs.</summary>
    public bool IsUndecided { get; init; }
}
