using Lightnix.Realizing;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Realizes the requested stages and all that they depend on.</summary>
[MSBuildMultiThreadableTask]
public sealed class RealizeStages : StagesTask
{
    /// <summary>Every promised file of what was selected, in the store.</summary>
    [Output]
    public ITaskItem[] Artifacts { get; set; } = [];

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken)
    {
        var result = build.Run(BuildMode.Build, cancellationToken);
        (Artifacts, Handed) = (ArtifactItems.From(result.Stages), HandedItems.From(result.Handed));
    }
}
