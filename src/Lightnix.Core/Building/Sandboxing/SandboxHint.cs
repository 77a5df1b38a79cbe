using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Reports that a builder ran in a sandbox, where that may be the cause of its failure and no other cause is known.</summary>
static class SandboxHint
{
    // Shells report signals by these codes. A missing file causes no signal.
    const int FirstSignal = 129, LastSignal = 159;

    // Exit codes of tools that miss a file and print nothing: `test -f`, `grep -q`, `cmp -s`.
    const int MostOfTests = 2;

    /// <summary>What the builder could not have; empty where another cause is likely.</summary>
    /// <param name="code">128 and the signal's number after a signal.</param>
    /// <param name="printed">The end of its log.</param>
    public static string Of(PlannedStage stage, int code, string printed) =>
        code is >= FirstSignal and <= LastSignal || !(printed.Length == 0 ? code <= MostOfTests : MissingThings.Lines(printed).Any()) ? ""
            : "files that the stage does not declare are not there"
                + (stage.Derivation.Network ? "" : ", nor, without Network=\"true\", is any other machine");
}
