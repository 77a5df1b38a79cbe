using Lightnix.Contracts;

namespace Lightnix.Realizing;

/// <summary>The lease of a plan: it looks whether trees are there, and keeps and checks none.</summary>
public sealed class LookingLease(ITrees trees) : ILease
{
    /// <inheritdoc/>
    public bool Keep(Reference<Tree> tree) => trees.Contains(tree);

    /// <inheritdoc/>
    public void Keep(Resolved resolved, Reference<Resolved> reference)
    {
    }
}
