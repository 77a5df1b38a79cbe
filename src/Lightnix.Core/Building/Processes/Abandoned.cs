namespace Lightnix.Building;

/// <summary>Builders that outlived their build, because it was killed together with all that would have ended them.</summary>
public static class Abandoned
{
    /// <summary>
    /// Ends those whose working folder has a text in its path, with all that they started, and waits until they have ended.
    /// </summary>
    /// <param name="folder">A part of the path that no other session's has.</param>
    public static void End(string folder)
    {
        if (SystemTraits.HasProcessTable)
            ProcessFamily.Of(BuilderEnvironment.MarkOf(folder)).EndAsync(ProcessFamily.Grace).GetAwaiter().GetResult();
    }
}
