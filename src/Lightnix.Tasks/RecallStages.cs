using Microsoft.Build.Framework;

namespace Lightnix.Tasks;

/// <summary>Answers from the results that the last build chose: for an IDE, <c>--no-build</c>, a generated class, or a request for copies
/// of all files. It runs no stage, and writes only copies.</summary>
[MSBuildMultiThreadableTask]
public sealed class RecallStages : StagesTask
{
    /// <summary>True: a stage without a chosen result is an error.</summary>
    public bool MustBeBuilt { get; set; }

    public bool Describe { get; set; }

    /// <summary>True: copies of all promised files; false: of those with an item type.</summary>
    public bool Everything { get; set; }

    /// <summary>True: a copy that is there stays as it is.</summary>
    public bool OnlyMissing { get; set; }

    /// <summary>The promised files, as a build gives them.</summary>
    [Output]
    public ITaskItem[] Artifacts { get; set; } = [];

    /// <summary>Every promise of every stage, built or not: see <see cref="PromiseItems"/>.</summary>
    [Output]
    public ITaskItem[] Described { get; set; } = [];

    /// <summary>A design-time build reports no mistakes.</summary>
    private protected override bool ChecksSwitches => false;

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken)
    {
        var stages = build.Recall(MustBeBuilt, Describe ? null : new(Everything, OnlyMissing && !MustBeBuilt), cancellationToken);
        Artifacts = ArtifactItems.From(stages);
        if (Describe)
            Described = PromiseItems.From(new ProjectDescription(Project).Name, stages);
    }
}
