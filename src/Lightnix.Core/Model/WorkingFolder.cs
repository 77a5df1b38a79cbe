namespace Lightnix.Model;

/// <summary>Names in the working folder of a run.</summary>
static class WorkingFolder
{
    public const string Inputs = "in", Output = "out", Checkpoint = "checkpoint";

    /// <summary>The variable that names the checkpoint; only stages that have one get it.</summary>
    public const string CheckpointVariable = "LIGHTNIX_CHECKPOINT";

    /// <summary>What <c>HOME</c> and <c>TMPDIR</c> name.</summary>
    public const string Home = ".home", Temporary = ".tmp";
}
