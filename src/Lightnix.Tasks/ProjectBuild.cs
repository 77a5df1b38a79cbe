using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Realizing;

namespace Lightnix.Tasks;

/// <summary>What tasks ask of the core for one project, with everything that is said shown on the way.</summary>
sealed class ProjectBuild(Declarations declared, DiagnosticLog diagnostics, BuildProgress progress, Func<int> cores)
{
    public BuildProgress Progress => progress;

    /// <summary>Builds, runs or plans.</summary>
    /// <returns>The stages that have a current choice.</returns>
    public ImmutableArray<RealizedStage> Run(BuildMode mode, CancellationToken cancellationToken)
    {
        if (!ShowWrittenMistakes())
        {
            // Nothing may run, but all other mistakes are told together with these.
            Check();
            return [];
        }
        var result = Ask(mode, cores(), (request, tell) => Pipeline.RunAsync(request, tell, cancellationToken).GetAwaiter().GetResult());
        if (result.Succeeded && mode != BuildMode.Plan)
            progress.Finish(declared.ProjectName, declared.LinkFolder);
        return result.Stages;
    }

    /// <summary>The hash of all derivations and matchers; null when there is an error.</summary>
    public string? ClosureHash()
    {
        var whole = ShowWrittenMistakes();
        var hash = Ask(BuildMode.Plan, 0, Pipeline.ClosureHash);
        return whole ? hash : null;
    }

    /// <summary>Tells all mistakes of declaration. Runs nothing.</summary>
    public void Check() => Ask(BuildMode.Plan, 0, Pipeline.ClosureHash);

    /// <summary>An unknown metadatum is a mistake only where somebody wrote it: items made of other items inherit what was theirs.</summary>
    T Ask<T>(BuildMode mode, int width, Func<PipelineRequest, Action<BuildEvent>, T> ask)
    {
        var items = declared.Items;
        while (true)
        {
            var early = new EarlyDiagnostics(progress.Tell);
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

    /// <summary>What can only be seen in the text.</summary>
    /// <returns>False when there is an error.</returns>
    public bool ShowWrittenMistakes()
    {
        if (!declared.DefiningFiles.Any(SuspiciousText.IsIn))
            return true;
        var project = diagnostics.Places.Project;
        var mistakes = WrittenText.Wildcards(project).Concat(WrittenText.LostReferences(project)).ToList();
        foreach (var (diagnostic, place) in mistakes)
            diagnostics.Show(diagnostic, place);
        return mistakes.TrueForAll(m => m.Item1.Severity != Severity.Error);
    }
}
