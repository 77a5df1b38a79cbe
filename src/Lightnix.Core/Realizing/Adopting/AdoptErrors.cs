using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Diagnostics of adoptions.</summary>
public static class AdoptErrors
{
    /// <summary>LNX2029: the results may not be adopted.</summary>
    public static Diagnostic Refused(PlannedStage stage, string why) =>
        new("LNX2029", Severity.Error, $"stage '{stage.Name}' adopts nothing: {why}", stage.Item);

    /// <summary>LNX2029: an input is not up to date, so it is not known what the stage would see.</summary>
    public static Diagnostic Stale(PlannedStage stage, IEnumerable<StageName> inputs) => Refused(stage,
        $"its input {Text(inputs)} is not up to date: build it or adopt it first, or name it too");

    /// <summary>LNX2029: an input that another project chooses is not up to date.</summary>
    public static Diagnostic StaleElsewhere(PlannedStage stage, IEnumerable<StageName> inputs, string project) => Refused(stage,
        $"its input {Text(inputs)} is not up to date: build '{project}' first, or adopt it there");

    /// <summary>LNX2029: garbage collection was quicker.</summary>
    public static Diagnostic Collected(PlannedStage stage) =>
        Refused(stage, "garbage collection took a log or a listing of its runs meanwhile: adopt again, which takes what is left");

    static string Text(IEnumerable<StageName> inputs) => Listed.First(3, inputs.Select(i => $"'{i}'"));

    /// <summary>LNX2029: the build chooses what its lock file pins.</summary>
    public static Diagnostic Locked() => new("LNX2029", Severity.Error,
        "nothing is adopted in locked mode, which chooses what the lock file pins: adopt with LightnixLockedMode=false");

    /// <summary>LNX2029: adopted results are refused.</summary>
    public static Diagnostic MayNotAdopt() => new("LNX2029", Severity.Error,
        "nothing is adopted, because LightnixAdopted is Refuse: adopt with LightnixAdopted=Allow");

    /// <summary>LNX2029: no reason was given.</summary>
    public static Diagnostic NoReason() =>
        new("LNX2029", Severity.Error, "an adoption needs a reason: LightnixAdoptReason, or lightnix adopt STAGE --reason TEXT");

    /// <summary>LNX2029: the results of each stage count already.</summary>
    public static Diagnostic Nothing(IEnumerable<StageName> stages) => new("LNX2029", Severity.Error,
        $"nothing is to be adopted: what {Listed.First(5, stages.Select(s => $"'{s}'"))} would see is what the last choice saw, "
        + "or its replicates are there already");

    /// <summary>LNX2029: only stages of other projects were named.</summary>
    public static Diagnostic Elsewhere(string project) => new("LNX2029", Severity.Error,
        $"nothing is to be adopted: no stage of '{project}' was named; a stage of another project is adopted there: add --project, "
        + "and name the stage without its project");

    /// <summary>LNX2020: an adopted result was chosen where that is refused.</summary>
    public static Diagnostic NotAllowed(string stage, Adoption adoption, DeclaredItem? item) => new("LNX2020", Severity.Error,
        $"stage '{stage}' has a result that was adopted and not run ({Text(adoption)}), and LightnixAdopted is Refuse: "
        + "run it and choose again, or allow adopted results", item);

    /// <summary>LNX2021: an adopted result was chosen.</summary>
    public static Diagnostic Adopted(string stage, Adoption adoption, DeclaredItem? item) => new("LNX2021", Severity.Warning,
        $"stage '{stage}' has a result that was adopted and not run ({Text(adoption)}): 'lightnix unadopt {stage}' takes that back", item);

    static string Text(Adoption adoption) => $"{Visible.Cut(adoption.Reason, 100)}; {adoption.Who}";
}
