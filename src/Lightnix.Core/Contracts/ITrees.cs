namespace Lightnix.Contracts;

/// <summary>Trees of results.</summary>
public interface ITrees
{
    /// <summary>True when the tree's files are there; a collected tree has only its listing.</summary>
    bool Contains(Reference<Tree> tree);

    /// <summary>A tree's listing, or null where it was never here.</summary>
    Tree? Find(Reference<Tree> tree);

    /// <summary>The files of a tree.</summary>
    IResultFiles Open(Tree tree);
}
