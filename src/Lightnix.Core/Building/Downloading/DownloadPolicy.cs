namespace Lightnix.Building;

/// <summary>Limits of patience with mirrors.</summary>
/// <param name="Tries">Attempts for each mirror after passing troubles: lost connections, overload, silence. An attempt that brought much
/// is not counted.</param>
/// <param name="Pause">Pause before the second attempt. It doubles for each further one, and a server may ask for a longer one.</param>
/// <param name="Silence">Longest time without bytes, or below <paramref name="LeastRate"/>, before an attempt is given up.</param>
/// <param name="LeastRate">Bytes a second.</param>
/// <param name="LongestPause">A server that asks for a longer pause is given up.</param>
sealed record DownloadPolicy(int Tries, TimeSpan Pause, TimeSpan Silence, int LeastRate, TimeSpan LongestPause)
{
    public static DownloadPolicy Default { get; } =
        new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), 1024, TimeSpan.FromMinutes(2));
}
