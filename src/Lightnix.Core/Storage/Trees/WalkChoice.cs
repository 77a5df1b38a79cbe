namespace Lightnix.Storage;

/// <summary>What a <see cref="FolderWalk"/> does with an entry.</summary>
enum WalkChoice
{
    Take,

    /// <summary>Of a folder: takes what is in it, and the folder only with that.</summary>
    TakeContents,

    /// <summary>Leaves it out, with all that is below it.</summary>
    LeaveOut,
}
