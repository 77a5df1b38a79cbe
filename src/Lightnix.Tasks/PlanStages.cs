using Lightnix.Realizing;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Reports what a build would run, what it would reuse, and why. Runs no stage.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlanStages : StagesTask
{
    /// <summary>The plan as values: an item for each stage, whose metadata <c>Plan</c> is JSON.</summary>
    [Output]
    public ITaskItem[] Planned { get; set; } = [];

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken)
    {
        Handed = ReferencedStageItems.From(build.Run(BuildMode.Plan, cancellationToken).Exported);
        Planned = [.. build.Progress.Planned.Select(p => new TaskItem(ProjectCollection.Escape(p.Stage.ToString()),
            new Dictionary<string, string> { ["Plan"] = ProjectCollection.Escape(p.ToText()) }))];
    }
}
