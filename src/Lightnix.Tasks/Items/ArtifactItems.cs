using Lightnix.Planning;
using Lightnix.Queries;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Lightnix.Tasks;

/// <summary>The promised files of chosen results, as items with the metadata of their promise.</summary>
static class ArtifactItems
{
    public static ITaskItem[] From(ImmutableArray<ProjectStage> stages) =>
        [.. stages.SelectMany(stage => stage.Files.Select(file => From(stage.Stage, file)))];

    static TaskItem From(PlannedStage stage, PromisedFile file)
    {
        var promise = file.Promise;
        var target = file.TargetPath.ToString();
        var item = new TaskItem(ProjectCollection.Escape(file.File));
        Set(Names.Stage, stage.Name.ToString());
        Set(MetadataNames.TargetPath, target);
        // Where an IDE shows the file.
        Set(Names.Link, target);
        Set(Names.CopyToOutputDirectory, promise.CopyToOutputDirectory);
        Set(Names.CopyToPublishDirectory, promise.CopyToPublishDirectory ?? promise.CopyToOutputDirectory);
        Set(Names.OutputItemType, file.ItemType);
        // .NET makes static web assets of these.
        if (IsOfType("Content") && target.StartsWith("wwwroot/", StringComparison.OrdinalIgnoreCase))
            Set(MetadataNames.IsForWeb, "true");
        // For a file below its project, Grpc.Tools takes the project for the root, and protoc finds no absolute path below '.'.
        if (IsOfType("Protobuf"))
            Set(MetadataNames.ProtoRoot, Path.GetDirectoryName(file.File));
        Set(Names.Pack, promise.Item.Find(Names.Pack));
        var inPackage = promise.Item.Find(Names.PackagePath);
        Set(Names.PackagePath, inPackage is not null && file.IsOneOfMany ? InPackage(inPackage, file.Folder) : inPackage);
        Set(Names.PackageCopyToOutput, promise.Item.Find(Names.PackageCopyToOutput));
        return item;

        bool IsOfType(string type) => type.Equals(file.ItemType, StringComparison.OrdinalIgnoreCase);

        void Set(string name, string? text)
        {
            if (text is not null)
                item.SetMetadata(name, ProjectCollection.Escape(text));
        }
    }

    // NuGet takes a path that ends with a slash for a folder. It finds the files of a folder by globs, which an item in the store is not.
    static string InPackage(string paths, RelativePath folder) => string.Join(
        ';',
        paths.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(path => $"{path.TrimEnd('/', '\\')}/{folder}".Trim('/') + "/"));
}
