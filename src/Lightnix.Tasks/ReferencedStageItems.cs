using System.Collections.Immutable;
using Lightnix.Model;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Stages that go from one project to another, as items: one a stage, with references only.</summary>
static class ReferencedStageItems
{
    public static ITaskItem[] From(ImmutableArray<ReferencedStage> stages) => [.. stages.Select(From)];

    public static ReferencedStage Read(ITaskItem item) => ReferencedStageTexts.Parse(item.ItemSpec, name =>
        [.. ((ITaskItem2)item).GetMetadataValueEscaped(name).Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ProjectCollection.Unescape)]);

    static TaskItem From(ReferencedStage stage)
    {
        var item = new TaskItem(ProjectCollection.Escape(stage.Name.ToString()));
        // Empty ones too: the MSBuild task fills in what is absent from the reference that was asked.
        foreach (var (name, texts) in ReferencedStageTexts.Of(stage))
            item.SetMetadata(name, string.Join(';', texts.Select(ProjectCollection.Escape)));
        return item;
    }
}
