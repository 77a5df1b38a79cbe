using Lightnix.Builds;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Tasks;

/// <summary>What tasks ask of the core for one project. Everything that the core reports is shown on the way.</summary>
sealed class ProjectBuild(
    Declarations declared, DiagnosticLog diagnostics, BuildProgress progress, Func<int> cores, OtherProjects others)
{
    readonly SourceClutter _clutter = new(declared, diagnostics.Places);

    // Evaluates the project again, but only where its text gives a reason.
    ImmutableArray<Diagnostic> WrittenMistakes => field.IsDefault ? field = FindWrittenMistakes() : field;

    ImmutableArray<Diagnostic> FindWrittenMistakes()
    {
        var files = ImportedFiles.With(diagnostics.Places.ProjectFile, declared.DefiningFiles);
        var found = new FoundItems(Path.GetDirectoryName(diagnostics.Places.ProjectFile)!, declared.Items);
        var replaced = new ReplacedBytes(declared, files).Find();
        if (!files.Any(file => SuspiciousText.IsIn(file, found)))
            return [.. replaced];
        var project = diagnostics.Places.Project;
        var written = new WrittenText(project, files);
        return
        [
            .. replaced,
            .. written.Wildcards(),
            .. written.WildcardsInTargets(),
            .. written.LostUpdates(),
            .. EmptyWildcards.In(project),
            .. new LostReferences(project, files).Find(),
            .. written.NearlyNamedItems(),
        ];
    }

    public BuildProgress Progress => progress;
    public Declarations Declared => declared;

    public BuildResult Run(BuildMode mode, CancellationToken cancellationToken) =>
        Run(mode, (request, report) => ProjectBuilds.BuildAsync(request, report, cancellationToken), cancellationToken);

    /// <summary>Makes new attempts of runs of the requested stages.</summary>
    public BuildResult Repeat(CancellationToken cancellationToken) => Run(BuildMode.Build,
        (request, report) => ProjectBuilds.RepeatAsync(request, declared.Repetitions, report, cancellationToken), cancellationToken);

    BuildResult Run(BuildMode mode, Func<ProjectRequest, Action<BuildEvent>, Task<BuildResult>> build, CancellationToken cancellationToken)
    {
        if (!ReportWrittenMistakes())
        {
            // Nothing may run, but all other mistakes are reported together with these.
            Ask(BuildMode.Plan, 0, progress.Report, ProjectQueries.Check);
            return BuildResult.Failed;
        }
        if (_clutter.Hint is { } hint)
            progress.Report(new BuildEvent.Hint(null, hint));
        try
        {
            return Finished(Ask(mode, cores(), progress.Report,
                (request, report) => progress.Attend(build(request with { MakeAgain = others.MakeAgain }, report), others.Serve)));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Finished(BuildResult.Failed);
            throw;
        }
    }

    /// <summary>Shows what the requested stages would adopt, and writes it on request.</summary>
    public void Adopt(CancellationToken cancellationToken)
    {
        if (ReportWrittenMistakes())
            Finished(Ask(BuildMode.Plan, 0, progress.Report, (request, report) =>
                ProjectBuilds.AdoptAsync(request, declared.Adopt, report, cancellationToken).GetAwaiter().GetResult()));
    }

    /// <summary>Builds if nothing has to run; otherwise reports the stages that are not up to date.</summary>
    public BuildResult Question(BuildMode mode, CancellationToken cancellationToken) => ReportWrittenMistakes()
        ? Finished(Ask(mode, 0, progress.Report, Answering(cancellationToken)))
        : BuildResult.Failed;

    /// <summary>The same, but it reports only success; null where a build would have to run a stage, or to warn.</summary>
    public BuildResult? Answer(CancellationToken cancellationToken)
    {
        if (!declared.Switches.Problems.IsEmpty || !WrittenMistakes.IsEmpty)
            return null;
        var events = new List<BuildEvent>();
        var result = Ask(BuildMode.Build, 0, events.Add, Answering(cancellationToken));
        if (!result.Succeeded || events.OfType<BuildEvent.Diagnosed>().Any())
            return null;
        events.ForEach(progress.Report);
        return Finished(result);
    }

    /// <summary>The hash of all derivations, promises and matchers; null when there is an error.</summary>
    public ClosureHash? ClosureHash()
    {
        var isWhole = ReportWrittenMistakes();
        var hash = Ask(BuildMode.Plan, 0, progress.Report, ProjectQueries.ClosureHash);
        return isWhole ? hash : null;
    }

    /// <summary>Reports all mistakes of declaration; without an error nothing: warnings are left to the next task.</summary>
    /// <returns>The stages, as other projects may know them by now.</returns>
    public ImmutableArray<ReferencedStage> Check()
    {
        var events = new List<BuildEvent>();
        var stages = Ask(BuildMode.Plan, 0, events.Add, ProjectQueries.Check);
        if (WrittenMistakes.Concat(events.OfType<BuildEvent.Diagnosed>().Select(d => d.Diagnostic)).Any(d => d.Severity == Severity.Error))
        {
            ReportWrittenMistakes();
            events.ForEach(progress.Report);
        }
        return stages;
    }

    /// <summary>The results that the last build chose, beside the declared stages. Reports only where results are missing.</summary>
    /// <param name="copies">The files that become copies below <c>obj</c>; null: none, and nothing is written.</param>
    public ImmutableArray<ProjectStage> Recall(bool mustBeBuilt, CopyPolicy? copies, CancellationToken cancellationToken) =>
        Ask(BuildMode.Plan, 0, progress.Report, (request, report) => copies is null
            ? ProjectQueries.Recall(request, mustBeBuilt, report)
            : ProjectBuilds.RecallAsync(request, mustBeBuilt, copies, report, cancellationToken).GetAwaiter().GetResult());

    /// <summary>Tests every promise against the results that the last build chose. Runs nothing.</summary>
    public ImmutableArray<TestedPromise> Test() => Ask(BuildMode.Plan, 0, progress.Report, ProjectQueries.TestPromises);

    /// <summary>The place of an item; line 0 where it is unknown.</summary>
    public TextPlace PlaceOf(DeclaredItem item) => diagnostics.PlaceOf(item);

    /// <summary>Reports wrong values of switches. With one of them, nothing else is done.</summary>
    /// <returns>False when there is one.</returns>
    public bool ReportWrongSwitches()
    {
        var wrong = declared.Switches.Problems;
        foreach (var problem in wrong)
            diagnostics.Add(problem);
        return wrong.IsEmpty;
    }

    /// <summary>Reports the mistakes that are seen in the text alone.</summary>
    /// <returns>False when there is an error.</returns>
    public bool ReportWrittenMistakes()
    {
        foreach (var diagnostic in WrittenMistakes)
            diagnostics.Add(diagnostic with { Message = Visible.Text(diagnostic.Message) });
        return !WrittenMistakes.Any(d => d.Severity == Severity.Error);
    }

    BuildResult Finished(BuildResult result)
    {
        progress.Finish(declared.ProjectName, declared.LinkFolder, result.Succeeded);
        return result;
    }

    static Func<ProjectRequest, Action<BuildEvent>, BuildResult> Answering(CancellationToken cancellationToken) =>
        (request, report) => ProjectBuilds.BuildIfUpToDateAsync(request, report, cancellationToken).GetAwaiter().GetResult();

    T Ask<T>(BuildMode mode, int width, Action<BuildEvent> report, Func<ProjectRequest, Action<BuildEvent>, T> ask)
    {
        var request = declared.Request(_clutter.Kept, mode, width);
        var places = diagnostics.Places;
        var project = request.Project with { IsNamed = IsNamed, IsWritten = places.IsWritten, WildcardOf = places.WildcardOf };
        return ask(request with { Project = project }, report);
    }

    bool IsNamed(DeclaredItem item) => !declared.IsFound(item) && diagnostics.Places.IsNamed(item);
}
