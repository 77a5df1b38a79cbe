using Lightnix.Realizing;
using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Makes one new replicate of each named stage, then lets its matcher choose again.</summary>
[MSBuildMultiThreadableTask]
public sealed class RunStages : StagesTask, IIncrementalTask
{
    /// <summary>Set by MSBuild for <c>-question</c>: an error (LNX2014) instead of a run. A requested run is never up to date.</summary>
    public bool FailIfNotIncremental { get; set; }

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken)
    {
        if (FailIfNotIncremental)
            build.Question(BuildMode.Run, cancellationToken);
        else
            EvictionAtEnd.Add(BuildEngine, build.Declared.Store, build.Run(BuildMode.Run, cancellationToken).Evictable);
    }
}
