namespace Lightnix.Realizing;

/// <summary>What a build wants of a stage.</summary>
public enum Demand
{
    /// <summary>Its present choice, if it has one. Nothing runs for it, and no event reports it.</summary>
    Observe,

    /// <summary>A choice, with the runs that its matcher asks for.</summary>
    Realize,

    /// <summary>One new replicate, then a choice.</summary>
    RunAgain,

    /// <summary>New attempts of replicates that were run, with their seeds.</summary>
    Repeat,
}
