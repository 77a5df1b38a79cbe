
namespace Lightnix.Torture;

/// <summary>One way to torment a store.</summary>
interface ITrial
{
    string Name { get; }

    /// <summary>
    /// Tries until the time is over, at least once; the same seed makes the same choices, as far as other processes let it.
    /// </summary>
    Tally Run(TimeSpan time, int seed);
}
