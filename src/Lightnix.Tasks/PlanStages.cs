using Lightnix.Explaining;
using Lightnix.Realizing;
using Lightnix.Running;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Reports what a build would run, what it would reuse, and why. Runs no stage.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlanStages : StagesTask
{
    /// <summary>The plan as values: an item for each stage, whose metadata <c>Plan</c> is JSON, as is <c>Run</c>: the next run of a stage
    /// that can be resolved, for <c>lightnix shell</c>, with <c>Sandbox</c> as the project has it.</summary>
    [Output]
    public ITaskItem[] Planned { get; set; } = [];

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken)
    {
        Handed = ReferencedStageItems.From(build.Run(BuildMode.Plan, cancellationToken).Exported);
        Planned = [.. build.Progress.Planned.Select(p => Item(p, build.Progress.Present.GetValueOrDefault(p.Stage)))];
    }

    TaskItem Item(StageReason planned, PresentRun? next)
    {
        var item = new TaskItem(ProjectCollection.Escape(planned.Stage.ToString()));
        item.SetMetadata("Plan", ProjectCollection.Escape(planned.ToText()));
        if (next is not null)
        {
            item.SetMetadata("Run", ProjectCollection.Escape(next.ToText()));
            item.SetMetadata("Sandbox", Project.GetMetadata("Sandbox"));
        }
        return item;
    }
}
