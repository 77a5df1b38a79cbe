namespace Lightnix.Cli;

/// <summary>Exit codes, as the table in docs/cli.md has them.</summary>
static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The command is right, and something is wrong or was not done. The table says what, for each verb.</summary>
    public const int Found = 1;

    /// <summary>A mistake in the command line.</summary>
    public const int Wrong = 2;

    /// <summary>The store cannot be used.</summary>
    public const int StoreProblem = 3;

    /// <summary>Standard output, or the file that a verb writes, accepts nothing.</summary>
    public const int OutputProblem = 4;

    /// <summary>The store does not know enough to answer.</summary>
    public const int NotKnown = 4;
}
