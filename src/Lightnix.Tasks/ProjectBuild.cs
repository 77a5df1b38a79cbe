using System.Collections.Immutable;
using Lightnix.Builds;
using Lightnix.Model;
using Lightnix.Queries;
using Lightnix.Realizing;
using Lightnix.Running;

namespace Lightnix.Tasks;

/// <summary>What tasks ask of the core for one project, with everything that is said shown on the way.</summary>
sealed class ProjectBuild(Declarations declared, DiagnosticLog diagnostics, BuildProgress progress, Func<int> cores)
{
    readonly SourceClutter _clutter = new(declared, diagnostics.Places);

    // Evaluates the project again, and only where its text gives reason to.
    ImmutableArray<(Diagnostic Diagnostic, Place Place)> WrittenMistakes => field.IsDefault ? field = FindWrittenMistakes() : field;

    ImmutableArray<(Diagnostic, Place)> FindWrittenMistakes()
    {
        var files = ImportedFiles.With(diagnostics.Places.ProjectFile, declared.DefiningFiles);
        var found = new FoundItems(Path.GetDirectoryName(diagnostics.Places.ProjectFile)!, declared.Items);
        var replaced = new ReplacedBytes(declared, files).Find().Select(r => (r.Diagnostic, diagnostics.PlaceOf(r.Item, r.Diagnostic.Metadata))).ToImmutableArray();
        if (!files.Any(file => SuspiciousText.IsIn(file, found)))
            return replaced;
        var project = diagnostics.Places.Project;
        return
        [
            .. replaced,
            .. WrittenText.Wildcards(project),
            .. WrittenText.WildcardsForStages(project),
            .. WrittenText.WildcardsInTargets(project, files),
            .. WrittenText.LostUpdates(project, files),
            .. EmptyWildcards.In(project),
            .. new LostReferences(project, files).Find(),
            .. WrittenText.MisspelledItems(project, files),
        ];
    }

    public BuildProgress Progress => progress;

    /// <summary>Builds, runs or plans.</summary>
    public BuildResult Run(BuildMode mode, CancellationToken cancellationToken)
    {
        if (!ShowWrittenMistakes())
        {
            // Nothing may run, but all other mistakes are told together with these.
            Ask(BuildMode.Plan, 0, progress.Tell, ProjectQueries.Check);
            return BuildResult.Failed;
        }
        if (_clutter.Hint is { } hint)
            progress.Tell(new BuildEvent.Hint(null, hint));
        return Finished(Ask(mode, cores(), progress.Tell, (request, tell) => ProjectBuilds.BuildAsync(request, tell, cancellationToken).GetAwaiter().GetResult()));
    }

    /// <summary>Builds if that runs nothing; otherwise tells what is not up to date.</summary>
    public BuildResult Question(BuildMode mode, CancellationToken cancellationToken) =>
        ShowWrittenMistakes() ? Finished(Ask(mode, 0, progress.Tell, (request, tell) => ProjectBuilds.BuildIfUpToDateAsync(request, tell, cancellationToken).GetAwaiter().GetResult())) : BuildResult.Failed;

    /// <summary>The same without a word, unless it succeeds; null where there is something that a build would have to do or to warn of.</summary>
    public BuildResult? Answer(CancellationToken cancellationToken)
    {
        if (!declared.Switches.Problems.IsEmpty || !WrittenMistakes.IsEmpty)
            return null;
        var said = new List<BuildEvent>();
        var result = Ask(BuildMode.Build, 0, said.Add, (request, tell) => ProjectBuilds.BuildIfUpToDateAsync(request, tell, cancellationToken).GetAwaiter().GetResult());
        if (!result.Succeeded || said.OfType<BuildEvent.Diagnosed>().Any())
            return null;
        said.ForEach(progress.Tell);
        return Finished(result);
    }

    BuildResult Finished(BuildResult result)
    {
        if (result.Succeeded)
            progress.Finish(declared.ProjectName, declared.LinkFolder);
        return result;
    }

    /// <summary>The hash of all derivations, promises and matchers; null when there is an error.</summary>
    public ClosureHash? ClosureHash()
    {
        var whole = ShowWrittenMistakes();
        var hash = Ask(BuildMode.Plan, 0, progress.Tell, ProjectQueries.ClosureHash);
        return whole ? hash : null;
    }

    /// <summary>Tells all mistakes of declaration. Runs nothing, and says nothing where there is no error: warnings are for the task that comes after.</summary>
    /// <returns>What other projects may know by now.</returns>
    public ImmutableArray<ReferencedStage> Check()
    {
        var said = new List<BuildEvent>();
        var declaredStages = Ask(BuildMode.Plan, 0, said.Add, ProjectQueries.Check);
        if (WrittenMistakes.Any(m => m.Diagnostic.Severity == Severity.Error) || said.OfType<BuildEvent.Diagnosed>().Any(d => d.Diagnostic.Severity == Severity.Error))
        {
            ShowWrittenMistakes();
            said.ForEach(progress.Tell);
        }
        return declaredStages;
    }

    /// <summary>What the last build chose, beside what is declared now. Runs nothing, and reports nothing unless a choice must be there.</summary>
    /// <param name="copies">Which files become copies below <c>obj</c>; null: none, and nothing is written.</param>
    public ImmutableArray<RecalledStage> Recall(bool mustBeBuilt, CopyPolicy? copies, CancellationToken cancellationToken) =>
        Ask(BuildMode.Plan, 0, progress.Tell, (request, tell) => copies is null
            ? ProjectQueries.Recall(request, mustBeBuilt, tell)
            : ProjectBuilds.RecallAsync(request, mustBeBuilt, copies, tell, cancellationToken).GetAwaiter().GetResult());

    /// <summary>Tests every promise against what the last build chose. Runs nothing.</summary>
    public ImmutableArray<TestedPromise> Test() => Ask(BuildMode.Plan, 0, progress.Tell, ProjectQueries.TestPromises);

    /// <summary>Of an item; line 0 where it cannot be told.</summary>
    public Place PlaceOf(DeclaredItem item) => diagnostics.PlaceOf(item);

    /// <summary>An unknown metadatum is a mistake only where somebody wrote it: items made of other items inherit what was theirs.</summary>
    T Ask<T>(BuildMode mode, int width, Action<BuildEvent> tell, Func<ProjectRequest, Action<BuildEvent>, T> ask)
    {
        var items = _clutter.Kept;
        while (true)
        {
            var early = new EarlyDiagnostics(tell);
            var request = declared.Request(items, mode, width);
            var answer = ask(request with { Project = request.Project with { IsNamed = IsNamed, WildcardOf = diagnostics.Places.WildcardOf } }, early.Tell);
            var inherited = early.Held.Where(IsInherited).ToList();
            if (inherited.Count == 0)
            {
                early.Release();
                return answer;
            }
            items = inherited.Aggregate(items, Without);
        }
    }

    bool IsInherited(Diagnostic diagnostic) =>
        diagnostic is { Code: "LNX1009", Item: { } item, Metadata: { } metadata } && !diagnostics.Places.IsWritten(item, metadata);

    bool IsNamed(DeclaredItem item) => !declared.IsFound(item) && diagnostics.Places.IsNamed(item);

    static ImmutableArray<DeclaredItem> Without(ImmutableArray<DeclaredItem> items, Diagnostic inherited) =>
    [
        .. items.Select(i => i.Kind == inherited.Item!.Kind && i.Ordinal == inherited.Item.Ordinal
            ? i with { Metadata = i.Metadata.Remove(inherited.Metadata!) }
            : i),
    ];

    /// <summary>Shows values of switches that mean nothing, of which nobody knows what was meant: nothing else is done then.</summary>
    /// <returns>False when there is one.</returns>
    public bool ShowWrongSwitches()
    {
        var wrong = declared.Switches.Problems;
        foreach (var problem in wrong)
            diagnostics.Show(problem);
        return wrong.IsEmpty;
    }

    /// <summary>Shows what can only be seen in the text.</summary>
    /// <returns>False when there is an error.</returns>
    public bool ShowWrittenMistakes()
    {
        foreach (var (diagnostic, place) in WrittenMistakes)
            diagnostics.Show(diagnostic with { Message = Visible.Text(diagnostic.Message) }, place);
        return WrittenMistakes.All(m => m.Diagnostic.Severity != Severity.Error);
    }
}
