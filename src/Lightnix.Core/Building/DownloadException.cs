namespace Lightnix.Building;

/// <summary>A mirror did not give the file, or an archive cannot be unpacked.</summary>
/// <param name="passing">Another try may go better.</param>
sealed class DownloadException(string message, bool passing = false) : Exception(message)
{
    public bool Passing => passing;
}
