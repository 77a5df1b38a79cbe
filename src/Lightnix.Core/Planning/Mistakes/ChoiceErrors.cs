namespace Lightnix.Planning;

/// <summary>The part of the catalogue about choices, beside what they share with other stages.</summary>
static class ChoiceErrors
{
    /// <summary>LNX1010: a matcher of a choice that would need runs.</summary>
    public static Diagnostic MisusedMatcher(DeclaredItem item, string metadata, string value) =>
        DeclarationErrors.MisusedMatcher(item, metadata, value, metadata == Names.Select
            ? "the stage is a choice, which runs nothing, and runs of different stages have no common order; take Best, Median, All or Only"
            : "the stage is a choice, which runs nothing; the stages that From names have matchers of their own. Take it out");

    /// <summary>LNX1024: another run of a choice.</summary>
    public static Diagnostic CannotRun(PlannedStage choice) => NoRuns(choice, "make another run of one of them, as -p:LightnixStages=");

    /// <summary>LNX1024: a choice that is to adopt results.</summary>
    public static Diagnostic CannotAdopt(PlannedStage choice) => NoRuns(choice, "adopt for them, as lightnix adopt --reason WHY ");

    // A whole matrix where From names one.
    static string NamedFirst(PlannedStage choice, string candidate)
    {
        var named = choice.Item.Find(Names.From)!.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[0];
        return StageName.TryParse(named, out _) ? named : candidate;
    }

    static Diagnostic NoRuns(PlannedStage choice, string cure)
    {
        var candidates = choice.Inputs.Select(i => i.Stage.ToString()).ToImmutableArray();
        return new("LNX1024", Severity.Error,
            $"stage '{choice.Name}' is a choice among the results of {Listed.First(5, candidates)}, and has no runs of its own; "
            + cure + NamedFirst(choice, candidates[0]), choice.Item, Names.From);
    }
}
