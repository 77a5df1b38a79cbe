namespace Lightnix.Realizing;

/// <summary>What a build does with results that were adopted instead of run.</summary>
public enum AdoptedResults
{
    Allow,

    /// <summary>LNX2021 for each stage that has one.</summary>
    Warn,

    /// <summary>They count as absent. LNX2020 where another project or a lock file chose one.</summary>
    Refuse,
}
