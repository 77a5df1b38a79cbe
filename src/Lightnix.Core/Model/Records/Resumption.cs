namespace Lightnix.Model;

/// <summary>The former tries of a run that went on from their checkpoint.</summary>
/// <param name="Tries">All of the run, with the last one; at least 2.</param>
/// <param name="Duration">Of all tries together.</param>
public sealed record Resumption(int Tries, TimeSpan Duration)
{
    internal JsonValue.Object ToJson() =>
        JsonValue.Object.Empty.With("tries", Tries).With("milliseconds", (long)Duration.TotalMilliseconds);

    internal static Resumption FromJson(JsonValue.Object json) =>
        new(json.Count("tries", least: 1), TimeSpan.FromMilliseconds(json.Integer("milliseconds", 0, MostMilliseconds)));

    /// <summary>A thousand years.</summary>
    internal const long MostMilliseconds = 1000L * 366 * 24 * 60 * 60 * 1000;
}
