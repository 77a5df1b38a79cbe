using Lightnix.Model;
using Lightnix.Promises;

namespace Lightnix.Storage;

/// <summary>Trees, stored once, read-only, whole or not at all.</summary>
public sealed class TreeStore
{
    /// <summary>True when the tree's folder is there, whole.</summary>
    public bool Contains(Reference<Tree> tree) => throw new NotImplementedException();

    /// <summary>The listing, which may outlive the tree; null where it was never here.</summary>
    public Tree? Find(Reference<Tree> tree) => throw new NotImplementedException();

    /// <summary>The absolute folder of a tree.</summary>
    public string FolderOf(Reference<Tree> tree) => throw new NotImplementedException();

    /// <summary>Takes a folder's contents into the store: copied, hashed as stored, synced, made read-only. "Already there" is success.</summary>
    /// <exception cref="StoreException">LNX2007: something in it is refused; the message names every offending path.</exception>
    public Tree Take(string folder) => throw new NotImplementedException();

    /// <summary>Takes one file as a tree of one entry.</summary>
    public Tree TakeFile(string file, string name, bool executable) => throw new NotImplementedException();

    /// <summary>For promises and metrics.</summary>
    public IResultFiles Open(Tree tree) => throw new NotImplementedException();
}
