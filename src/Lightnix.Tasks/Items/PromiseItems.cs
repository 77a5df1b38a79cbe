using Lightnix.Planning;
using Lightnix.Queries;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Promises as items, for projects that generate a class of them. They hold no path of the store.</summary>
static class PromiseItems
{
    public static ITaskItem[] From(string project, ImmutableArray<ProjectStage> stages) =>
        [.. stages.SelectMany(stage => stage.Stage.Promises.Select(promise => From(project, stage, promise)))];

    /// <summary>The same promises, read by the other project.</summary>
    public static ImmutableArray<DescribedPromise> Read(ITaskItem[] items) => [.. items.Select(Read)];

    static TaskItem From(string project, ProjectStage stage, Promise promise)
    {
        var item = new TaskItem(ProjectCollection.Escape(promise.Path.ToString()));
        Set(MetadataNames.Project, project);
        Set(Names.Stage, stage.Stage.Name.ToString());
        if (promise.CopyToOutputDirectory is not (null or "Never"))
            Set(MetadataNames.TargetPath, (promise.Link ?? promise.Path).ToString());
        if (stage.Stage.Matcher.IsPlural)
            Set(MetadataNames.Several, (stage.Choice?.Results.Length ?? 0).ToString(CultureInfo.InvariantCulture));
        if (stage.Numbers.FirstOrDefault(n => n.Promise == promise) is { } number)
        {
            Set(MetadataNames.IsNumber, "true");
            Set(Names.Pointer, promise.Pointer ?? "");
            Set(MetadataNames.Numbers, string.Join(';', number.Values.Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
        }
        return item;

        void Set(string name, string text) => item.SetMetadata(name, ProjectCollection.Escape(text));
    }

    static DescribedPromise Read(ITaskItem item) =>
        new(item.GetMetadata(MetadataNames.Project), item.GetMetadata(Names.Stage), item.ItemSpec)
        {
            TargetPath = Text(item, MetadataNames.TargetPath),
            Several = Text(item, MetadataNames.Several) is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : null,
            IsNumber = item.GetMetadata(MetadataNames.IsNumber) == "true",
            Pointer = Text(item, Names.Pointer),
            Numbers =
            [
                .. item.GetMetadata(MetadataNames.Numbers).Split(';', StringSplitOptions.RemoveEmptyEntries)
                    .Select(n => double.Parse(n, CultureInfo.InvariantCulture)),
            ],
        };

    static string? Text(ITaskItem item, string name) => item.GetMetadata(name) is { Length: > 0 } text ? text : null;
}
