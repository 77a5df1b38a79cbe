namespace Lightnix.Storage;

/// <summary>A way to make a link to a folder. The link is read by <see cref="FolderLinks"/>.</summary>
interface ILinkMaker
{
    /// <summary>Makes a link to a folder at an unused path.</summary>
    /// <returns>Why it cannot be made here, with nothing left; null: it was made.</returns>
    string? TryMake(string path, string folder);
}
