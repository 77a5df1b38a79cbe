using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>That a builder ran in a sandbox: told where that can be why it failed, and nowhere else. A cause that is known is told alone.</summary>
static class SandboxHint
{
    // From here on shells count signals; a program that one ended was stopped by no missing file.
    const int FirstSignal = 129, LastSignal = 159;

    // What tools end with that miss a file and print nothing: `test -f`, `grep -q`, `cmp -s`.
    const int MostOfTests = 2;

    /// <summary>What a builder could not have; empty where that is not why it failed.</summary>
    /// <param name="code">128 and the signal's number where one ended it.</param>
    /// <param name="printed">The end of its log.</param>
    public static string Of(PlannedStage stage, int code, string printed) =>
        code is >= FirstSignal and <= LastSignal || !(printed.Length == 0 ? code <= MostOfTests : MissingThings.Lines(printed).Any()) ? ""
            : "files that the stage does not declare are not there" + (stage.Derivation.Network ? "" : ", nor, without Network=\"true\", is any other machine");
}
