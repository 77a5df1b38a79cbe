namespace Lightnix.Storage;

/// <summary>Notices to the users of a store that are given once a day, however many builds there are.</summary>
/// <param name="folder">Of the store's cache.</param>
sealed class Notices(string folder)
{
    static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    /// <summary>True if it is a day since this notice was given, or if its text was another. It counts as given now.</summary>
    /// <param name="name">One path segment.</param>
    public bool IsDue(string name, string text, DateTimeOffset now)
    {
        try
        {
            var file = Path.Combine(folder, name);
            if (File.Exists(file) && (now - File.GetLastWriteTimeUtc(file)).Duration() < Pause && File.ReadAllText(file) == text)
                return false;
            File.WriteAllText(file, text);
            File.SetLastWriteTimeUtc(file, now.UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it is given too often.
        }
        return true;
    }
}
