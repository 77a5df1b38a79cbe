namespace Lightnix.Storage;

/// <summary>Symbolic links. Windows wants a privilege for them, or its Developer Mode; some file systems have none.</summary>
sealed class SymbolicLinks : ILinkMaker
{
    public string? TryMake(string path, string folder)
    {
        try
        {
            Directory.CreateSymbolicLink(path, folder);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message.Replace($" : '{path}'", "", StringComparison.Ordinal).Trim(' ', '.');
        }
    }
}
