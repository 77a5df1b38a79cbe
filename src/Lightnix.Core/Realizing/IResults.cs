using System.Collections.Immutable;
using Lightnix.Hashing;
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

    /// <summary>As <see cref="Contains"/>; and a tree that is there stays as long as this build lives.</summary>
    bool Keep(Reference<Tree> tree) => Contains(tree);

    /// <summary>What is known of a resolved derivation stays as long as this build lives.</summary>
    void Keep(Resolved resolved, Reference<Resolved> reference) { }

    /// <summary>A tree's listing, or null where it was never here.</summary>
    Tree? Find(Reference<Tree> tree);

    IResultFiles Open(Tree tree);

    /// <summary>A remembered verdict: why the tree breaks the promise with this key (empty: it keeps it); null where it is not remembered.</summary>
    ImmutableArray<string>? Remembered(Reference<Tree> tree, Digest promise);

    void Remember(Reference<Tree> tree, Digest promise, ImmutableArray<string> broken);

    Derivation? Find(Reference<Derivation> derivation);

    Resolved? Find(Reference<Resolved> resolved);

    /// <summary>A command of the tool about these results, as messages advise it.</summary>
    string Command(string verb);

    /// <summary>A realization of anything, by the beginning of its reference; null where none or several begin so.</summary>
    Realization? FindRealization(string prefix);
}
