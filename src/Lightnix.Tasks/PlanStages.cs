using Lightnix.Realizing;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Says what a build would run, what it would reuse, and why. Runs no stage.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlanStages : StagesTask
{
    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken) =>
        Handed = ReferencedStageItems.From(build.Run(BuildMode.Plan, cancellationToken).Exported);
}
