using Lightnix.Realizing;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Realizes the requested stages and all that they depend on.</summary>
[MSBuildMultiThreadableTask]
public sealed class RealizeStages : StagesTask, IIncrementalTask
{
    /// <summary>Set by MSBuild for <c>-question</c>: whatever is not up to date is an error (LNX2014), and nothing runs.</summary>
    public bool FailIfNotIncremental { get; set; }

    /// <summary>Every promised file of what was selected, in the store.</summary>
    [Output]
    public ITaskItem[] Artifacts { get; set; } = [];

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken)
    {
        var result = FailIfNotIncremental ? build.Question(cancellationToken) : build.Run(BuildMode.Build, cancellationToken);
        (Artifacts, Handed) = (ArtifactItems.From(result.Stages), HandedItems.From(result.Handed));
    }
}
