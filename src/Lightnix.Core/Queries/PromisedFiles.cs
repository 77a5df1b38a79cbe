using Lightnix.Planning;

namespace Lightnix.Queries;

/// <summary>Finds the promised files of a choice: what a skin copies and links.</summary>
public static class PromisedFiles
{
    /// <summary>True when a file of the stage is copied, or an item of a C# build. Otherwise no listing needs to be read.</summary>
    public static bool AreAskedFor(PlannedStage stage) => stage.Promises.Any(IsAskedFor);

    /// <param name="find">A tree's listing.</param>
    /// <param name="folderOf">A tree's folder.</param>
    public static ImmutableArray<PromisedFile> Of(
        PlannedStage stage, Choice choice, Func<Reference<Tree>, Tree> find, Func<Reference<Tree>, string> folderOf) =>
    [
        .. from promise in stage.Promises
           where IsAskedFor(promise)
           from chosen in choice.Trees.Select((tree, i) => (Tree: find(tree), Number: i + 1))
           // A link counts as its target: MSBuild would compare the link's own time with that of the copy, and copy in each build.
           from found in FollowedFiles.Of(chosen.Tree, promise.Path)
           let file = found.Path
           let real = found.Real
           let rest = promise.Path.RestOf(file)
           let number = choice.Plural ? RelativePath.OfSegments([chosen.Number.ToString(CultureInfo.InvariantCulture)]) : RelativePath.Root
           select new PromisedFile(
               promise,
               real.Path.Under(folderOf(chosen.Tree.Reference)),
               number.Append(promise.Link ?? promise.Path).Append(rest))
           {
               Stored = real,
               Copy = RelativePath.OfSegments([stage.Name.ToString()]).Append(number).Append(file),
               Folder = number.Append(rest.Parent),
               IsOneOfMany = choice.Plural || !rest.IsRoot,
           },
    ];

    static bool IsAskedFor(Promise promise) =>
        promise.CopyToOutputDirectory is not null || promise.CopyToPublishDirectory is not null
            || promise.Item.Find(Names.OutputItemType) is not null;
}

/// <summary>A promised file of a chosen realization; a promised folder gives one for each file in it.</summary>
/// <param name="File">Absolute: in the store, or a copy for tools that compare times or write.</param>
/// <param name="TargetPath">Where a copy goes, relative to an output folder; below <c>n/</c> when several realizations may be
/// chosen.</param>
public sealed record PromisedFile(Promise Promise, string File, RelativePath TargetPath)
{
    /// <summary>Where its content is in its tree.</summary>
    public required TreeEntry.File Stored { get; init; }

    /// <summary>Where a copy for other tools is, below the folder of all of them.</summary>
    public required RelativePath Copy { get; init; }

    /// <summary>The name of its item type; null where it is only copied.</summary>
    public string? ItemType => Promise.Item.Find(Names.OutputItemType);

    /// <summary>Why MSBuild would take its name for another one; null: it would not.</summary>
    public string? WhyNoItem => ItemPaths.WhyNot(TargetPath) ?? ItemPaths.WhyNot(Stored.Path) ?? ItemPaths.WhyNot(Copy)
        ?? (EndsAPackagePath ? "is below a folder with a semicolon, where NuGet ends a PackagePath" : null);

    // NuGet splits after MSBuild has decoded.
    bool EndsAPackagePath =>
        IsOneOfMany && Promise.Item.Find(Names.PackagePath) is not null && Folder.ToString().Contains(';', StringComparison.Ordinal);

    /// <summary>Where it is below any place that is given to the promise: its folder in a promised folder, below <c>n/</c> when several
    /// realizations may be chosen.</summary>
    public RelativePath Folder { get; init; } = RelativePath.Root;

    /// <summary>True when a target path of the promise is a folder for all of its files.</summary>
    public bool IsOneOfMany { get; init; }
}
