namespace Lightnix.Queries;

/// <summary>All that a report says of a project, as its last build left it.</summary>
/// <param name="Stages">In the order of the graph, cells one by one; stages of other projects are left out.</param>
/// <param name="Configurations">Of these stages, also of earlier parameters; the newest first.</param>
/// <param name="Trace">Of each chosen result.</param>
public sealed record ProjectReport(
    ProjectGraph Graph, ImmutableArray<ReportedStage> Stages, ImmutableArray<Configuration> Configurations, Trace Trace)
{
    public string Project => Graph.Project;

    /// <summary>The last build that ran something or changed a choice; null where none is remembered.</summary>
    public PastBuild? LastBuild { get; init; }

    /// <summary>The last of the runs that made the chosen results; null where none is known.</summary>
    public RunFacts? Newest => Made.MaxBy(f => f.End);

    /// <summary>Revisions of the working tree in which the other chosen results were made.</summary>
    public ImmutableArray<string> OtherRevisions =>
        [.. Made.Select(f => f.RevisionText).OfType<string>().Distinct().Where(r => r != Newest?.RevisionText)];

    IEnumerable<RunFacts> Made => Stages.SelectMany(s => s.Results).Select(r => r.Run?.Facts).OfType<RunFacts>();
}
