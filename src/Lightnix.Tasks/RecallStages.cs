using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>
/// Answers from the last build's choice: for an IDE, <c>--no-build</c>, a generated class, or who wants copies of all files. Runs no stage,
/// and writes nothing but copies.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class RecallStages : StagesTask
{
    /// <summary>An error instead of silence where there is no choice to answer from.</summary>
    public bool MustBeBuilt { get; set; }

    /// <summary>Asks for <see cref="Described"/>.</summary>
    public bool Describe { get; set; }

    /// <summary>Copies of all promised files, not only of those with an item type.</summary>
    public bool Everything { get; set; }

    /// <summary>For who only looks: a copy that is there stays as it is.</summary>
    public bool OnlyMissing { get; set; }

    /// <summary>As a build gives them.</summary>
    [Output]
    public ITaskItem[] Artifacts { get; set; } = [];

    /// <summary>Every promise of every stage, built or not: see <see cref="PromiseItems"/>.</summary>
    [Output]
    public ITaskItem[] Described { get; set; } = [];

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken)
    {
        var stages = build.Recall(MustBeBuilt, Describe ? null : new(Everything, OnlyMissing && !MustBeBuilt), cancellationToken);
        Artifacts = ArtifactItems.From(stages);
        if (Describe)
            Described = PromiseItems.From(Path.GetFileNameWithoutExtension(ProjectFile), stages);
    }
}
