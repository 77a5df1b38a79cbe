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

    /// <summary>Every promised file of what was selected, in the store.</summary>
    [Output]
    public ITaskItem[] Artifacts { get; set; } = [];

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken) =>
        Take(FailIfNotIncremental ? build.Question(BuildMode.Build, cancellationToken) : build.Run(BuildMode.Build, cancellationToken));

    /// <summary>What a build would give that has nothing to run and nothing to warn of.</summary>
    /// <returns>False where there is no such answer; then nothing was changed, or nothing that the build does not do as well.</returns>
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

    void Take(BuildResult result) => (Artifacts, Handed) = (ArtifactItems.From(result.Stages), ReferencedStageItems.From(result.Exported));
}
