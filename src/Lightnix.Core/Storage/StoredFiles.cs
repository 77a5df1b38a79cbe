using Lightnix.Model;
using Lightnix.Promises;

namespace Lightnix.Storage;

/// <summary>The files of a stored tree; of an evicted one, those whose content was kept.</summary>
sealed class StoredFiles(Tree tree, StoreLayout layout) : IResultFiles
{
    public Tree Tree { get; } = tree;

    /// <exception cref="StoreException">LNX3001: the tree is in the store, and the file is not.</exception>
    /// <exception cref="FileNotFoundException">The tree was collected, and the file was not kept.</exception>
    public Stream Open(TreeEntry.File file)
    {
        var path = file.Path.Under(layout.FolderOf(Tree.Reference));
        return (TryOpen(path) ?? TryOpen(layout.ContentOf(file.Content, file.Executable)))
            ?? throw (!Directory.Exists(layout.FolderOf(Tree.Reference)) ? new FileNotFoundException($"'{path}' was collected", path) : StoreException.Damaged(path, "is missing", "delete the tree's folder: what gave it then runs again"));
    }

    static FileStream? TryOpen(string path) => Files.OpenForReading(path) is { } file ? new FileStream(file, FileAccess.Read) : null;
}
