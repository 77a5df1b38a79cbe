using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Finds all mistakes of declaration, before programs are built.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckStages : StagesTask
{
    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken) =>
        Handed = ReferencedStageItems.From(build.Check());
}
