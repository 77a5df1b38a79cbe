using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Computes the hash of all derivations, promises and matchers of a project. Runs no stage.</summary>
[MSBuildMultiThreadableTask]
public sealed class HashStages : StagesTask
{
    /// <summary>The key under which a CI machine keeps the store.</summary>
    [Output]
    public string ClosureHash { get; set; } = "";

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken)
    {
        if (build.ClosureHash() is { } hash)
            (ClosureHash, Handed) = (hash.Digest.ToString(), ReferencedStageItems.From(hash.Exported));
    }
}
