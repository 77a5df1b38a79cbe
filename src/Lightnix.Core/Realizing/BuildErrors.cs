using Lightnix.Matching;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Diagnostics of building: LNX2xxx.</summary>
public static class BuildErrors
{
    /// <summary>LNX2025, a warning: a choice passes over stages that have no result.</summary>
    public static Diagnostic SkippedFailure(PlannedStage choice, ImmutableArray<StageName> missing, bool isLocked) =>
        new("LNX2025", Severity.Warning,
            $"choice '{choice.Name}' passes over {Listed.First(5, missing.Select(m => $"'{m}'"))}, which "
            + $"{(missing.Length == 1 ? "has" : "have")} no result in "
            + (isLocked ? "the lock file; build without LightnixLockedMode to try again"
                : "this build; correct the stage, or take it out of From"),
            choice.Item, Names.Failed);

    /// <summary>LNX2005: the matcher is not satisfied, and nothing more may be run.</summary>
    /// <param name="project">As of <see cref="BrokenPromiseErrors.OfResults"/>.</param>
    /// <param name="kept">Where the last result is; null where there is none.</param>
    /// <param name="rejections">Rejections of results that could be chosen otherwise.</param>
    public static Diagnostic Unsatisfied(string project, PlannedStage stage, string reason, string? kept,
        ImmutableArray<Rejection> rejections, Func<string, string> command) =>
        Error("LNX2005", $"stage '{stage.Name}': the matcher {stage.Matcher.Select} is not satisfied: {reason}"
            + (kept is null ? "" : $". The last result is kept in {kept}, and nothing runs again until something changes")
            + (rejections.IsEmpty ? Cure(project, stage, kept) : Rejected(rejections, command)),
            stage.MatcherItem ?? stage.Item);

    static string Cure(string project, PlannedStage stage, string? kept) =>
        kept is null || !MatcherKinds.Of(stage.Matcher).AnotherRunMayHelp ? ""
            : $": change the matcher, or make another run with {RunAgain(project, stage.Name)}";

    internal static string RunAgain(string project, StageName stage) =>
        $"dotnet build \"{project}\" -t:LightnixRun -p:LightnixStages={stage}";

    // Not "make another run": that run may give the rejected result again.
    static string Rejected(ImmutableArray<Rejection> rejections, Func<string, string> command)
    {
        var some = rejections.Select(
            r => $"{r.Realization.Short} was rejected by {r.Who} ({Visible.Short(r.Reason)}), which "
            + $"'{command($"unreject {r.Realization.Short}")}' takes back");
        return $". {Listed.First(3, some, "; ")}";
    }

    /// <summary>LNX2009: a stage that must exist has no result.</summary>
    public static Diagnostic MustExist(PlannedStage stage, string why) =>
        Error("LNX2009", $"stage '{stage.Name}' has MustExist=\"true\" and would have to run: {why}", stage.Item, "MustExist");

    /// <summary>LNX2010: the stage runs on another kind of machine only.</summary>
    public static Diagnostic OtherPlatform(PlannedStage stage, string here, string why = "the store has no result of it") =>
        Error("LNX2010", $"stage '{stage.Name}' runs on '{stage.Derivation.Platform}' only; this machine is '{here}', and {why}",
            stage.Item, "Platform");

    /// <summary>LNX2012: two choices of one stage came to one project.</summary>
    public static Diagnostic TwoChoices(string project, StageName stage, ImmutableArray<ReferencedStage> referenced) =>
        new("LNX2012", Severity.Error,
            $"two choices of stage '{stage}' of '{project}' meet in this build: "
            + $"{string.Join(" and ", referenced.Select(Choice).Distinct(StringComparer.Ordinal))}. "
            + "MSBuild built that project twice, with different global properties, and results must not be mixed: let all references to it "
                + "pass the same properties, or build again");

    /// <summary>LNX2012: a stage of another project is read, and that project chose nothing for it.</summary>
    public static Diagnostic NotChosenThere(PlannedStage stage, StageName input) =>
        Error("LNX2012",
            $"stage '{stage.Name}' reads '{input}', of which its own project chose nothing in this build; is LightnixStages set there? Let "
            + $"it be empty, or name '{input.Own}' too", stage.Item);

    /// <summary>LNX2012: what another project chose is not in the store of this one.</summary>
    public static Diagnostic NotInThisStore(PlannedStage stage, StageName input, ReferencedStage referenced, string store) =>
        Error("LNX2012", $"stage '{stage.Name}' reads '{input}', whose chosen result is not in the store '{store}'"
            + (referenced.Store == store ? "; build again"
                : $": its project uses '{referenced.Store}'. Let both projects use one, as by LightnixStore in a Directory.Build.props "
                + "above them"), stage.Item);

    /// <summary>LNX2012: a run needs the bytes of an intermediate stage of another project, which evicted them. LNX2024: they came out
    /// otherwise after this project was given the choice.</summary>
    public static Diagnostic InputIsEvicted(string project, PlannedStage stage, StageName input, bool isChosenAnew) => isChosenAnew
        ? Error("LNX2024", $"stage '{stage.Name}' needs the files of '{input}', which is Intermediate: it was made again after this "
            + "project was given its choice, and came out otherwise. "
            + $"'dotnet build \"{project}\" -p:LightnixNeeded={input}' makes it before, or take Intermediate away from '{input.Own}'",
            stage.Item)
        : Error("LNX2012", $"stage '{stage.Name}' needs the files of '{input}', which is Intermediate: they were removed from the store "
            + "after a build that needed them no more, and this build did not make them again. "
            + $"'dotnet build \"{project}\" -p:LightnixNeeded={input}' makes them before, or take Intermediate away from '{input.Own}'",
            stage.Item);

    /// <summary>LNX2019, a warning: an intermediate result was made again, and another one is chosen now.</summary>
    public static Diagnostic CameOutOtherwise(PlannedStage stage, Selection before, Selection now) =>
        new("LNX2019", Severity.Warning, $"stage '{stage.Name}' is Intermediate and was made again, because a run needed its files: "
            + $"it came out otherwise ({before.Choice.Short} before, {now.Choice.Short} now), so all that read it is matched again; "
            + "let it give the same bytes for the same seed, or take Intermediate away", stage.Item, "Intermediate");

    static string Choice(ReferencedStage stage) =>
        stage.Choice is { } choice ? choice.Short : $"none of derivation {stage.Derivation!.Short}";

    /// <summary>
    /// LNX1005: a chosen result lacks what a stage reads of it, although a promise allowed it (a folder was promised, and a path below it
    /// is read).
    /// </summary>
    public static Diagnostic MissingInput(PlannedStage stage, MissingInputException missing) =>
        Error("LNX1005",
            $"stage '{stage.Name}' reads '{missing.Path}' of '{missing.Stage}', and the chosen result has none; promise it there, so that "
            + "a result without it is broken", stage.Item);

    /// <summary>LNX1015: a tool whose identity counts is not on the path.</summary>
    public static Diagnostic MissingTool(PlannedStage stage, string tool) =>
        Error("LNX1015", $"stage '{stage.Name}' names the tool '{tool}', which is not on the path; install it, or take it out of Tools",
            stage.Item, "Tools");

    /// <summary>LNX1016: a value of a property that means nothing.</summary>
    /// <param name="name">The property, without <c>Lightnix</c>.</param>
    /// <param name="right">What it may be.</param>
    public static Diagnostic WrongSwitch(string name, string value, string right) =>
        new("LNX1016", Severity.Error, $"Lightnix{name} is '{value}'; it may be {right}");

    static Diagnostic Error(string code, string message, DeclaredItem item, string? metadata = null) =>
        new(code, Severity.Error, message, item, metadata);
}
