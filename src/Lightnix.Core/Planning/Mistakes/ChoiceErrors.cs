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
    public static Diagnostic CannotRun(PlannedStage choice, Plan plan) => NoRuns(choice, plan, "make another run of one of them, as",
        (stage, project) => project is null ? $"-p:LightnixStages={stage}"
            : $"dotnet build \"{project}\" -t:LightnixRun -p:LightnixStages={stage}");

    /// <summary>LNX1024: a choice that is to adopt results.</summary>
    public static Diagnostic CannotAdopt(PlannedStage choice, Plan plan) => NoRuns(choice, plan, "adopt for them, as",
        (stage, project) => $"lightnix adopt {stage} --reason WHY" + (project is null ? "" : $" --project \"{project}\""));

    /// <param name="command">Of a stage with runs, and the file of its project; null: this one.</param>
    static Diagnostic NoRuns(PlannedStage choice, Plan plan, string cure, Func<StageName, string?, string> command)
    {
        var candidates = choice.Inputs.Select(i => i.Stage.ToString());
        var first = RunningOf(choice, plan).First();
        return new("LNX1024", Severity.Error,
            $"stage '{choice.Name}' is a choice among the results of {Listed.First(5, candidates)}, and has no runs of its own; {cure} "
            + (first.Project is null ? command(NameOf(choice, plan.Find(first)!, plan), null)
                : command(first.Own, plan.ReferencedStages[first].Project)), choice.Item, Names.From);
    }

    // Candidates with runs; those of this project first. Of a choice among them, its candidates.
    static IEnumerable<StageName> RunningOf(PlannedStage choice, Plan plan) => choice.Inputs.Select(i => i.Stage)
        .SelectMany(s => plan.Find(s) is { IsChoice: true } other ? RunningOf(other, plan) : [s]).OrderBy(s => s.Project is not null);

    // The whole matrix where all of it are candidates.
    static StageName NameOf(PlannedStage choice, PlannedStage stage, Plan plan) =>
        plan.Stages.Where(s => s.DeclaredName == stage.DeclaredName).All(s => choice.Inputs.Any(i => i.Stage == s.Name))
            ? stage.DeclaredName : stage.Name;
}
