namespace Lightnix.Building;

/// <summary>How patient a download is.</summary>
/// <param name="Tries">Of each mirror, for troubles that may pass: lost connections, overload, silence.</param>
/// <param name="Pause">Before the second try; doubled for each further one.</param>
/// <param name="Silence">How long nothing may arrive before a try is given up.</param>
sealed record DownloadPolicy(int Tries, TimeSpan Pause, TimeSpan Silence)
{
    public static DownloadPolicy Default { get; } = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
}
