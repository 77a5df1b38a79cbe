using Lightnix.Planning;

namespace Lightnix.Queries;

/// <summary>Diagnostics about what the last build chose, or did not choose.</summary>
static class QueryErrors
{
    /// <summary>LNX5003: nothing may be built, and the store lacks what was built before.</summary>
    public static Diagnostic NotBuilt(PlannedStage stage, string store) =>
        new("LNX5003", Severity.Error,
            $"stage '{stage.Name}': nothing may be built (--no-build), and what the last build of this project chose "
            + $"is not in the store '{store}'; build without it first", stage.Item);

    /// <summary>LNX5003: a promise of a stage that has no result to test.</summary>
    public static Diagnostic NothingToTest(TestedPromise tested, string store) =>
        new("LNX5003", Severity.Error,
            $"promise '{tested.Promise.Path}' of stage '{tested.Stage.Name}' cannot be tested: {WhyNot(tested.Unchosen, store)}",
            tested.Promise.Item);

    static string WhyNot(UnchosenStage? stage, string store) => stage switch
    {
        null => $"the store '{store}' has no result that a build of this project chose; build it first",
        { Results: > 0 and var results } => $"the last build chose none of the stage's results ({results}), "
            + "because its matcher or another promise was not satisfied; correct that, and build again",
        { Failure: { } reason } => $"the last run of the stage failed ({Visible.Text(reason)}); correct the stage, and build again",
        _ => "the last build could not run the stage, and has no result of it; correct what 'dotnet build' reports for it",
    };
}
