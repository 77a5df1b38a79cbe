using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Makes new attempts of runs of each requested stage, with their seeds. No choice changes.</summary>
[MSBuildMultiThreadableTask]
public sealed class RepeatStages : StagesTask
{
    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken) =>
        EvictionAtEnd.Add(BuildEngine, build.Declared.Store, build.Repeat(cancellationToken).Evictable);
}
