namespace Lightnix.Storage;

/// <summary>When something in a store was last used, to the hour: the time of a file whose time means nothing else.</summary>
static class LastUse
{
    const long Grain = 60 * 60;

    /// <summary>A use this much later than the noted one may not be noted.</summary>
    public static TimeSpan Blur { get; } = TimeSpan.FromSeconds(Grain);

    /// <summary>Notes a use now.</summary>
    /// <returns>False where there is no such file.</returns>
    public static bool Note(string file, Disk disk)
    {
        try
        {
            if (Files.Facts(file) is not { } facts)
                return false;
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
            if (facts.Modified / 1_000_000_000 < now - Grain)
                disk.SetTime(file, now);
        }
        catch (IOException)
        {
            // Another user's: it is used when that user uses it.
        }
        return true;
    }
}
