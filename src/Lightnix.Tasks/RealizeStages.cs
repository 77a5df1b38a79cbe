using Lightnix.Builds;
using Lightnix.Realizing;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Realizes the requested stages and all that they depend on.</summary>
[MSBuildMultiThreadableTask]
public sealed class RealizeStages : StagesTask, IIncrementalTask
{
    /// <summary>Set by MSBuild for <c>-question</c>: an error (LNX2014) instead of a run.</summary>
    public bool FailIfNotIncremental { get; set; }

    /// <summary>Every promised file of the chosen results, in the store.</summary>
    [Output]
    public ITaskItem[] Artifacts { get; set; } = [];

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken)
    {
        var result = FailIfNotIncremental ? build.Question(BuildMode.Build, cancellationToken)
            : build.Run(BuildMode.Build, cancellationToken);
        EvictionAtEnd.Add(BuildEngine, build.Declared.Store, result.Evictable);
        Take(result);
    }

    /// <summary>Builds where nothing has to run and nothing is to be warned of.</summary>
    /// <returns>False where a build is needed. Whatever was changed, that build does as well.</returns>
    internal bool Answer(CancellationToken cancellationToken)
    {
        var answered = false;
        Open(build =>
        {
            if (build.Answer(cancellationToken) is { } result)
            {
                Take(result);
                answered = true;
            }
        });
        return answered;
    }

    void Take(BuildResult result) =>
        (Artifacts, Handed) = (ArtifactItems.From(result.Stages), ReferencedStageItems.From(result.Exported));
}
