using Lightnix.Model;
using Lightnix.Promises;

namespace Lightnix.Realizing;

/// <summary>The traces that a rebuilder looks at: what was ever made, and what it looks like.</summary>
public interface IResults
{
    /// <summary>All that is known of a resolved derivation.</summary>
    History History(Reference<Resolved> resolved);

    /// <summary>True when the tree itself is there; an evicted one has only its listing.</summary>
    bool Contains(Reference<Tree> tree);

    /// <summary>A tree's listing, or null where it was never here.</summary>
    Tree? Find(Reference<Tree> tree);

    IResultFiles Open(Tree tree);

    Derivation? Find(Reference<Derivation> derivation);

    Resolved? Find(Reference<Resolved> resolved);

    /// <summary>A realization of anything, by the beginning of its reference; null where none or several begin so.</summary>
    Realization? FindRealization(string prefix);
}
