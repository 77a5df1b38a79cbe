namespace Lightnix.Storage;

/// <summary>Directory junctions of Windows, which need no privilege. They lead to folders of local disks only.</summary>
sealed class Junctions : ILinkMaker
{
    public string? TryMake(string path, string folder)
    {
        try
        {
            return Native.MakeJunction(path, folder) ? null : "the file system has no junctions";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
