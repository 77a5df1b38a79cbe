namespace Lightnix.Building;

/// <summary>Reads small text files of other authors.</summary>
static class SmallFile
{
    /// <summary>The text of a file.</summary>
    /// <param name="most">Greatest size in bytes.</param>
    /// <returns>Null for a missing, empty, unreadable or larger file, and for a FIFO, which would block.</returns>
    public static string? Read(string file, int most)
    {
        try
        {
            var info = new FileInfo(ProgramQuestions.RealPath(file));
            return info is { Exists: true, Length: > 0 } && info.Length <= most ? File.ReadAllText(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
