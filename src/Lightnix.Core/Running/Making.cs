using Lightnix.Model;

namespace Lightnix.Running;

/// <summary>A run while it is made.</summary>
sealed class Making(RunOrder order, RunFacts facts)
{
    public RunOrder Order { get; } = order;

    public RunFacts Facts { get; set; } = facts;

    /// <summary>What the builder gave; null as long as it gave nothing.</summary>
    public Made? Made { get; set; }

    /// <summary>Of a builder that failed: the end of what it printed, where its log could not take it.</summary>
    public string? Unlogged { get; set; }
}
