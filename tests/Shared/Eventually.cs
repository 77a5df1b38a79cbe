using System.Diagnostics;

namespace Lightnix;

/// <summary>
/// Waits for what another process or task does in its own time: as long as a very busy machine may need, and no longer than that.
/// </summary>
static class Eventually
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="otherwise">What is said when it never came.</param>
    public static async Task Is(Func<bool> condition, string otherwise)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); await Task.Delay(10))
            Assert.True(watch.Elapsed < Patience, otherwise);
    }
}
