using System.Collections.Immutable;
using Lightnix.Builds;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Queries;
using Lightnix.Realizing;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>Promised files of what was selected, as items, with what their promise says of them.</summary>
static class ArtifactItems
{
    public static ITaskItem[] From(ImmutableArray<RealizedStage> stages) =>
        [.. stages.SelectMany(stage => stage.Files.Select(file => From(stage.Stage, file)))];

    public static ITaskItem[] From(ImmutableArray<RecalledStage> stages) =>
        [.. stages.SelectMany(stage => stage.Files.Select(file => From(stage.Stage, file)))];

    static TaskItem From(PlannedStage stage, PromisedFile file)
    {
        var promise = file.Promise;
        var item = new TaskItem(ProjectCollection.Escape(file.File));
        Set(Names.Stage, stage.Name.ToString());
        Set(MetadataNames.TargetPath, file.TargetPath.ToString());
        // Where an IDE shows the file.
        Set(Names.Link, file.TargetPath.ToString());
        Set(Names.CopyToOutputDirectory, promise.CopyToOutputDirectory);
        Set(Names.CopyToPublishDirectory, promise.CopyToPublishDirectory ?? promise.CopyToOutputDirectory);
        Set(Names.OutputItemType, file.ItemType);
        // What .NET makes a static web asset of, where it has such.
        if ("Content".Equals(file.ItemType, StringComparison.OrdinalIgnoreCase) && file.TargetPath.ToString().StartsWith("wwwroot/", StringComparison.OrdinalIgnoreCase))
            Set(MetadataNames.IsForWeb, "true");
        // For a file below its project, Grpc.Tools takes the project for the root, and protoc finds no absolute path below '.'.
        if ("Protobuf".Equals(file.ItemType, StringComparison.OrdinalIgnoreCase))
            Set(MetadataNames.ProtoRoot, Path.GetDirectoryName(file.File));
        Set(Names.Pack, promise.Item.Find(Names.Pack));
        Set(Names.PackagePath, promise.Item.Find(Names.PackagePath) is { } path ? file.IsOneOfMany ? InPackage(path, file.Folder) : path : null);
        Set(Names.PackageCopyToOutput, promise.Item.Find(Names.PackageCopyToOutput));
        return item;

        void Set(string name, string? text)
        {
            if (text is not null)
                item.SetMetadata(name, ProjectCollection.Escape(text));
        }
    }

    // NuGet takes what ends with a slash for a folder; it finds the files of one by globs, and ours are none.
    static string InPackage(string paths, RelativePath folder) =>
        string.Join(';', paths.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(path => $"{path.TrimEnd('/', '\\')}/{folder}".Trim('/') + "/"));
}
