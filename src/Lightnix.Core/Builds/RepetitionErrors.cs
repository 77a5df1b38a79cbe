namespace Lightnix.Builds;

/// <summary>Diagnostics of repeated runs.</summary>
static class RepetitionErrors
{
    /// <summary>LNX2030 for each requested stage whose runs may not be repeated.</summary>
    public static IEnumerable<Diagnostic> Of(PlannedProject project) =>
        from stage in project.Plan.Stages
        where project.Requested.Contains(stage.Name)
        let why = stage switch
        {
            { IsChoice: true } => "it is a choice, which runs nothing: name one of the stages that it chooses among",
            { Derivation.Builder.Runs: false } => "it is a download or an import, and there is nothing to run again",
            { Matcher.Select: Select.Quorum } => "each attempt is a vote of its quorum, so a repetition could move its choice; "
                + "its attempts are compared without repeating any",
            _ => null,
        }
        where why is not null
        orderby stage.Item.Ordinal
        select new Diagnostic("LNX2030", Severity.Error, $"stage '{stage.Name}' repeats no run: {why}", stage.Item);

    /// <summary>LNX2030: no run that was made has its result.</summary>
    public static Diagnostic NoneThere(IEnumerable<StageName> stages) => new("LNX2030", Severity.Error,
        $"{Listed.First(5, stages.Order().Select(s => $"'{s}'"))} repeats no run: the store has the files of none of its results, because "
        + "they were collected or adopted, or it may not run on this machine; build again, and repeat then");
}
