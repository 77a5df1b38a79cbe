using Lightnix.Realizing;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Makes one new replicate of each named stage, then lets its matcher choose again.</summary>
[MSBuildMultiThreadableTask]
public sealed class RunStages : StagesTask
{
    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken) =>
        build.Run(BuildMode.Run, cancellationToken);
}
