namespace Lightnix.Building;

/// <summary>A mirror did not give the file, or an archive cannot be unpacked.</summary>
/// <param name="passing">Another try may go better.</param>
/// <param name="after">How long the server asks to wait before it.</param>
/// <param name="isRefusal">LNX2007: the archive is whole, and holds what a tree cannot.</param>
sealed class DownloadException(string message, bool passing = false, TimeSpan? after = null, bool isRefusal = false) : Exception(message)
{
    public bool Passing => passing;
    public TimeSpan? After => after;
    public bool IsRefusal => isRefusal;
}
