using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Takes the results of each requested stage's last choice as results of what it is now. Runs no stage.</summary>
[MSBuildMultiThreadableTask]
public sealed class AdoptStages : StagesTask
{
    /// <summary>What is adopted, or would be, as values: an item for each stage, whose metadatum <c>Plan</c> is JSON with all that
    /// differs.</summary>
    [Output]
    public ITaskItem[] Offers { get; set; } = [];

    private protected override void Execute(ProjectBuild build, CancellationToken cancellationToken)
    {
        build.Adopt(cancellationToken);
        Offers = [.. build.Progress.Offers.Select(o => new TaskItem(ProjectCollection.Escape(o.Plan.Stage.ToString()),
            new Dictionary<string, string>
            {
                ["Replicates"] = string.Join(", ", o.Replicates.Select(r => r.ToString(CultureInfo.InvariantCulture))),
                ["From"] = string.Join(", ", o.From),
                ["Plan"] = ProjectCollection.Escape(o.Plan.ToText()),
            }))];
    }
}
