namespace Lightnix.Contracts;

public interface ITrees
{
    /// <summary>True when the tree's files are there; a collected tree has only its listing.</summary>
    bool Contains(Reference<Tree> tree);

    /// <summary>A tree's listing, or null where it was never here.</summary>
    Tree? Find(Reference<Tree> tree);

    IResultFiles Open(Tree tree);
}
