using Lightnix.Explaining;
using Lightnix.Running;

namespace Lightnix.Cli;

/// <summary>What a plan says of the next run of a stage.</summary>
/// <param name="WantsSandbox">False where the project is built without one.</param>
sealed record PlannedRun(StageReason Why, bool WantsSandbox)
{
    /// <summary>Null where an input is not up to date, or the stage runs nothing.</summary>
    public PresentRun? Run { get; init; }
}
