namespace Lightnix.Building;

/// <summary>Ends builders that outlived a killed build.</summary>
public static class OrphanedBuilders
{
    /// <summary>Ends builders by a part of their working folder's path, with all that they started, and waits for their end.</summary>
    /// <param name="folder">A part of the path that no other session has.</param>
    public static void End(string folder)
    {
        if (SystemTraits.HasProcessTable)
            ProcessFamily.Of(BuilderEnvironment.MarkOf(folder)).EndAsync(ProcessFamily.Grace).GetAwaiter().GetResult();
    }
}
