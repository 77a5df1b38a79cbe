namespace Lightnix.Building;

/// <summary>The state of the git working tree that a project is in.</summary>
/// <param name="Commit">In hexadecimal; null: there is no repository, no commit yet, or it cannot be read.</param>
/// <param name="Dirty">Whether the working tree differs from the commit; null: it is not known.</param>
sealed record Revision(string? Commit, bool? Dirty)
{
    public static Revision None { get; } = new(null, null);
}
