using Lightnix.Explaining;
using Lightnix.Matching;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Diagnostics of lock files (LNX1012) and of pinned results.</summary>
public static class LockErrors
{
    const string Cure = "undo the change, or build without LightnixLockedMode and commit the lock file";

    /// <summary>The file is no lock file.</summary>
    public static Diagnostic Unreadable(string file, LockFileException problem) =>
        At(new(file, problem.Line, problem.Column),
            $"the lock file '{Path.GetFileName(file)}' cannot be read: {problem.Message}; mend it, or delete it and build with "
            + "LightnixUseLockFile=true, which chooses again");

    /// <summary>Locked mode without a lock file.</summary>
    public static Diagnostic Missing(string file) =>
        At(new(file, 0, 0),
            $"LightnixLockedMode is true, and there is no lock file '{file}': build once with LightnixUseLockFile=true, and commit it");

    /// <summary>Two projects in one folder, and one lock file.</summary>
    public static Diagnostic OfAnother(string file, string other, string own) =>
        At(new(file, 0, 0),
            $"the lock file '{Path.GetFileName(file)}' is that of '{other}': give this project one of its own with LightnixLockFile, as "
            + $"'{own}', which is found by its name from then on");

    /// <summary>Switches that contradict each other.</summary>
    /// <param name="other">As <c>LightnixUseLockFile=false</c>.</param>
    public static Diagnostic Contradiction(string other, string why) =>
        Error(null, $"LightnixLockedMode=true and {other} contradict each other: {why}; leave one of them out");

    /// <summary>A stage was added since.</summary>
    public static Diagnostic NotPinned(PlannedStage stage) => Error(stage, $"stage '{stage.Name}' is not in the lock file: {Cure}");

    /// <summary>A stage was taken out since.</summary>
    public static Diagnostic Gone(StageName stage, TextPlace place) =>
        At(place, $"the lock file pins the stage '{stage}', which the project does not have: {Cure}");

    /// <summary>A stage was changed since.</summary>
    /// <param name="differences">Sentences; empty where the store does not have the former derivation.</param>
    public static Diagnostic Changed(PlannedStage stage, Reference<Derivation> pinned, ImmutableArray<Cause> differences) =>
        Error(stage, differences.IsEmpty
            ? $"stage '{stage.Name}' is not what the lock file pins: its derivation was {pinned.Short} and is {stage.Reference.Short}. "
                + $"What changed cannot be said, because the store does not have the former: {Cure}"
            : $"stage '{stage.Name}' is not what the lock file pins: {Some(differences)}. {Upper(Cure)}");

    /// <summary>The matcher was changed since.</summary>
    /// <param name="differences">A sentence for each field.</param>
    public static Diagnostic MatcherChanged(PlannedStage stage, ImmutableArray<Cause> differences) =>
        new("LNX1012", Severity.Error,
            $"the matcher of '{stage.Name}' is not what the lock file pins: {string.Join(", ", differences)}. {Upper(Cure)}",
            stage.MatcherItem ?? stage.Item);

    /// <summary>Several are pinned where declarations want one.</summary>
    public static Diagnostic Several(PlannedStage stage, int pinned) =>
        Error(stage, $"stage '{stage.Name}': the lock file pins {pinned} realizations, and the matcher {stage.Matcher.Select} is for one: "
            + $"{Cure}");

    /// <summary>What is pinned for a stage was made from something else than what is pinned for its inputs.</summary>
    public static Diagnostic Mixed(PlannedStage stage, ImmutableArray<Cause> differences) =>
        Error(stage, $"stage '{stage.Name}': what the lock file pins was built from something else than it pins for the inputs: "
            + $"{Some(differences)}. "
            + "Such a file comes from a merge, or from a build of some stages only: build all of them without LightnixLockedMode, and "
                + "commit the lock file");

    /// <summary>What is pinned for a choice is not what is pinned for one of the stages that it names.</summary>
    public static Diagnostic NoCandidate(PlannedStage choice, ChosenResult pinned) =>
        Error(choice, $"stage '{choice.Name}': the lock file pins {pinned.Realization.Short} of '{pinned.Winner?.Stage}', which it does "
            + "not pin for any stage that From names. Such a file comes from a merge, or from a build of some stages only: build all of "
            + "them without LightnixLockedMode, and commit the lock file");

    /// <summary>What is pinned is not in this store.</summary>
    /// <param name="reason">As <c>is not in the store</c>.</param>
    public static Diagnostic NotHere(PlannedStage stage, string what, string reason) =>
        Error(stage, $"stage '{stage.Name}': the lock file pins {what}, which {reason}, and a locked build runs nothing: "
            + $"build with a store that has it, or choose again with -p:LightnixUpdate={stage.Name}, without LightnixLockedMode, and "
                + "commit the lock file");

    /// <summary>A person rejected what is pinned.</summary>
    public static Diagnostic Rejected(PlannedStage stage, Reference<Realization> pinned, string reason, Func<string, string> command) =>
        Error(stage, $"stage '{stage.Name}': the lock file pins {pinned.Short}, which was rejected ({reason}): choose again by a build "
            + "without LightnixLockedMode, and commit the lock file; or take the rejection back with "
            + $"'{command($"unreject {pinned.Short}")}'");

    /// <summary>A warning, in a build that is not locked: this store lacks what is pinned.</summary>
    public static Diagnostic ChosenInstead(PlannedStage stage, LockObstacle obstacle, Selection chosen) =>
        new("LNX1012", Severity.Warning,
            $"stage '{stage.Name}': the lock file pins {obstacle.Pinned.Short}, which {obstacle.Reason}; {chosen.Choice.Short} was chosen "
            + "instead, "
            + $"and the lock file stays as it is: bring a store that has it, or pin what is here with -p:LightnixUpdate={stage.Name}",
                stage.Item);

    const int MostShown = 3;

    static string Some(ImmutableArray<Cause> causes) => Listed.First(MostShown, causes.Select(c => c.ToString()));

    static string Upper(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    static Diagnostic Error(PlannedStage? stage, string message) => new("LNX1012", Severity.Error, message, stage?.Item);

    static Diagnostic At(TextPlace place, string message) => Error(null, message) with { Place = place };
}
