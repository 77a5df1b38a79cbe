using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Takes the results of each requested stage's last choice as results of what it is now. Runs no stage.</summary>
[MSBuildMultiThreadableTask]
public sealed class AdoptStages : StagesTask
{
    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken) => build.Adopt(cancellationToken);
}
