namespace Lightnix.Storage;

/// <summary>A way to make a name lead to a folder. What it made is read by <see cref="FolderLinks"/>.</summary>
interface ILinkMaker
{
    /// <summary>Makes a name, where nothing is yet, that leads to a folder.</summary>
    /// <returns>Why it cannot be made here; null: it was made. Nothing is left of what could not be made.</returns>
    string? TryMake(string path, string folder);
}
