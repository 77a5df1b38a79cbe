namespace Lightnix.Contracts;

/// <summary>Reads the files of one tree.</summary>
public interface IResultFiles
{
    Tree Tree { get; }

    /// <summary>The bytes of a file of the tree.</summary>
    Stream Open(TreeEntry.File file);
}
