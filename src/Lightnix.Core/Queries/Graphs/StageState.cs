namespace Lightnix.Queries;

/// <summary>What the last build of a project left of a stage.</summary>
public enum StageState
{
    /// <summary>It chose a result.</summary>
    Chosen,

    /// <summary>Runs completed, and none of their results satisfied the promises and the matcher.</summary>
    Broken,

    /// <summary>No run completed.</summary>
    Failed,

    /// <summary>It was not tried, because an input failed or nothing asked for it.</summary>
    NotBuilt,
}
