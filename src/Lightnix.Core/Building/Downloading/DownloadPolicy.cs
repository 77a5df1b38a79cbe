namespace Lightnix.Building;

/// <summary>How patient a download is.</summary>
/// <param name="Tries">Of each mirror, for troubles that may pass: lost connections, overload, silence. A try that brought much is not
/// counted.</param>
/// <param name="Pause">Before the second try; doubled for each further one. A server may ask for a longer one.</param>
/// <param name="Silence">How long nothing may arrive before a try is given up; and how long what arrives may be slower than <paramref
/// name="LeastRate"/>.</param>
/// <param name="LeastRate">Bytes a second.</param>
/// <param name="LongestPause">A server that asks for a longer one is given up.</param>
sealed record DownloadPolicy(int Tries, TimeSpan Pause, TimeSpan Silence, int LeastRate, TimeSpan LongestPause)
{
    public static DownloadPolicy Default { get; } =
        new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), 1024, TimeSpan.FromMinutes(2));
}
