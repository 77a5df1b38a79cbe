namespace Lightnix.Model;

/// <summary>Names in the working folder of a run.</summary>
static class WorkingFolder
{
    public const string Inputs = "in", Output = "out", Checkpoint = "checkpoint";

    /// <summary>What <c>HOME</c> and <c>TMPDIR</c> name.</summary>
    public const string Home = ".home", Temporary = ".tmp";
}
