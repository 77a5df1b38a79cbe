using Lightnix.Archives;
using Lightnix.Contracts;

namespace Lightnix.Storage;

/// <summary>The files of a stored tree; of an evicted one, those whose content was kept.</summary>
/// <param name="mending">Corrects modes and times; null: nothing is changed.</param>
sealed class StoredFiles(Tree tree, StoreLayout layout, Disk? mending = null, CancellationToken cancellationToken = default) : IResultFiles
{
    public Tree Tree { get; } = tree;

    /// <exception cref="StoreException">LNX3001: the file was changed, or the tree is in the store and the file is not.</exception>
    /// <exception cref="FileNotFoundException">The tree was collected, and the file was not kept.</exception>
    public Stream Open(TreeEntry.File file)
    {
        var path = file.Path.Under(layout.FolderOf(Tree.Reference));
        return (TryOpen(path, file) ?? TryOpen(layout.ContentOf(file.Content, file.Executable), file))
            ?? throw (!Directory.Exists(layout.FolderOf(Tree.Reference))
                ? new FileNotFoundException($"'{path}' was collected", path)
                : StorageErrors.Damaged(path, "is missing", layout.Tool.RepairCure));
    }

    // What was changed must not rank or judge anything.
    StoppableStream? TryOpen(string path, TreeEntry.File file) => Files.Facts(path) is not { } facts ? null
        : !StoredContent.IsSound(path, facts, file.Content, file.Size, file.Executable, mending)
            ? throw StorageErrors.Damaged(path, "was changed", layout.Tool.RepairCure)
        : Files.OpenForReading(path) is { } opened ? new(new FileStream(opened, FileAccess.Read), cancellationToken) : null;
}
