using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Stages that go from one project to another, as items: one for each stage, with references only.</summary>
static class ReferencedStageItems
{
    public static ITaskItem[] From(ImmutableArray<ReferencedStage> stages) => [.. stages.Select(From)];

    public static ReferencedStage Read(ITaskItem item) => ReferencedStageTexts.Parse(item.ItemSpec, name => Texts((ITaskItem2)item, name));

    static ImmutableArray<string> Texts(ITaskItem2 item, string name) =>
    [
        .. item.GetMetadataValueEscaped(name).Split(';', StringSplitOptions.RemoveEmptyEntries).Select(ProjectCollection.Unescape),
    ];

    static TaskItem From(ReferencedStage stage)
    {
        var item = new TaskItem(ProjectCollection.Escape(stage.Name.ToString()));
        // Empty metadata too: where metadata are absent, the MSBuild task takes those of the reference that was asked.
        foreach (var (name, texts) in ReferencedStageTexts.Of(stage))
            item.SetMetadata(name, string.Join(';', texts.Select(ProjectCollection.Escape)));
        return item;
    }
}
