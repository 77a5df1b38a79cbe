namespace Lightnix.Building;

/// <summary>Whether builders run in a sandbox.</summary>
/// <param name="Name">Name of the sandbox, as <c>bubblewrap 0.8.0</c>; null: there is none.</param>
/// <param name="Missing">The reason why a wanted sandbox is missing, as the end of a sentence; else null.</param>
public sealed record SandboxState(string? Name, string? Missing)
{
    /// <summary>No sandbox was wanted.</summary>
    public static SandboxState None { get; } = new(null, null);

    /// <summary>The trial failed for a reason that may pass. Then no builder runs.</summary>
    public bool IsUndecided { get; init; }
}
