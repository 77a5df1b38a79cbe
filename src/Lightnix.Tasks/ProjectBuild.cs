using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Realizing;

namespace Lightnix.Tasks;

/// <summary>What tasks ask of the core for one project, with everything that is said shown on the way.</summary>
sealed class ProjectBuild(Declarations declared, DiagnosticLog diagnostics, BuildProgress progress, Func<int> cores)
{
    // Evaluates the project again, and only where its text gives reason to.
    ImmutableArray<(Diagnostic Diagnostic, Place Place)> WrittenMistakes => field.IsDefault
        ? field = ImportedFiles.With(diagnostics.Places.ProjectFile, declared.DefiningFiles).Any(SuspiciousText.IsIn)
            ? [.. WrittenText.Wildcards(diagnostics.Places.Project), .. WrittenText.LostReferences(diagnostics.Places.Project)]
            : []
        : field;

    public BuildProgress Progress => progress;

    /// <summary>Builds, runs or plans.</summary>
    public PipelineResult Run(BuildMode mode, CancellationToken cancellationToken) => Finish(Run(mode, progress.Tell, cancellationToken));

    /// <summary>Plans, and takes whatever is not reused for a mistake.</summary>
    public PipelineResult Question(CancellationToken cancellationToken)
    {
        var late = new List<BuildEvent.Planned>();
        var result = Run(BuildMode.Plan, Tell, cancellationToken);
        late.ForEach(planned => diagnostics.Show(BuildErrors.NotUpToDate(planned)));
        return late.Count == 0 ? Finish(result) : PipelineResult.Failed;

        void Tell(BuildEvent e)
        {
            if (e is BuildEvent.Planned { Action: not PlannedAction.Reuse } planned)
                late.Add(planned);
            else
                progress.Tell(e);
        }
    }

    PipelineResult Run(BuildMode mode, Action<BuildEvent> say, CancellationToken cancellationToken)
    {
        if (ShowWrittenMistakes())
            return Ask(mode, cores(), say, (request, tell) => Pipeline.RunAsync(request, tell, cancellationToken).GetAwaiter().GetResult());
        // Nothing may run, but all other mistakes are told together with these.
        Ask(BuildMode.Plan, 0, say, Pipeline.Check);
        return PipelineResult.Failed;
    }

    PipelineResult Finish(PipelineResult result)
    {
        if (result.Succeeded)
            progress.Finish(declared.ProjectName, declared.LinkFolder);
        return result;
    }

    /// <summary>The hash of all derivations and matchers; null when there is an error.</summary>
    public ClosureHash? ClosureHash()
    {
        var whole = ShowWrittenMistakes();
        var hash = Ask(BuildMode.Plan, 0, progress.Tell, Pipeline.ClosureHash);
        return whole ? hash : null;
    }

    /// <summary>Tells all mistakes of declaration. Runs nothing, and says nothing where there is no error: warnings are for the task that comes after.</summary>
    /// <returns>What other projects may know by now.</returns>
    public ImmutableArray<HandedStage> Check()
    {
        var said = new List<BuildEvent>();
        var declaredStages = Ask(BuildMode.Plan, 0, said.Add, Pipeline.Check);
        if (WrittenMistakes.Any(m => m.Diagnostic.Severity == Severity.Error) || said.OfType<BuildEvent.Diagnosed>().Any(d => d.Diagnostic.Severity == Severity.Error))
        {
            ShowWrittenMistakes();
            said.ForEach(progress.Tell);
        }
        return declaredStages;
    }

    /// <summary>What the last build chose, beside what is declared now. Runs nothing; says nothing unless it must be there.</summary>
    public ImmutableArray<RecalledStage> Recall(bool mustBeBuilt) =>
        Ask(BuildMode.Plan, 0, progress.Tell, (request, tell) => Pipeline.Recall(request, mustBeBuilt, tell));

    /// <summary>Tests every promise against what the last build chose. Runs nothing.</summary>
    public ImmutableArray<TestedPromise> Test() => Ask(BuildMode.Plan, 0, progress.Tell, Pipeline.Test);

    /// <summary>Of an item; line 0 where it cannot be told.</summary>
    public Place PlaceOf(DeclaredItem item) => diagnostics.PlaceOf(item);

    /// <summary>An unknown metadatum is a mistake only where somebody wrote it: items made of other items inherit what was theirs.</summary>
    T Ask<T>(BuildMode mode, int width, Action<BuildEvent> tell, Func<PipelineRequest, Action<BuildEvent>, T> ask)
    {
        var items = declared.Items;
        while (true)
        {
            var early = new EarlyDiagnostics(tell);
            var answer = ask(declared.Request(items, mode, width), early.Tell);
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

    static ImmutableArray<DeclaredItem> Without(ImmutableArray<DeclaredItem> items, Diagnostic inherited) =>
    [
        .. items.Select(i => i.Kind == inherited.Item!.Kind && i.Ordinal == inherited.Item.Ordinal
            ? i with { Metadata = i.Metadata.Remove(inherited.Metadata!) }
            : i),
    ];

    /// <summary>Shows what can only be seen in the text.</summary>
    /// <returns>False when there is an error.</returns>
    public bool ShowWrittenMistakes()
    {
        foreach (var (diagnostic, place) in WrittenMistakes)
            diagnostics.Show(diagnostic, place);
        return WrittenMistakes.All(m => m.Diagnostic.Severity != Severity.Error);
    }
}
