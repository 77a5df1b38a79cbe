using System.Collections.Immutable;
using System.Globalization;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>Finds the promised files of a choice: what a skin copies and links.</summary>
public static class PromisedFiles
{
    /// <summary>True when somebody outside wants a file of the stage: it is copied, or an item of a C# build. Otherwise no listing needs to be read.</summary>
    public static bool AreAskedFor(PlannedStage stage) =>
        stage.Promises.Any(p => p.CopyToOutputDirectory is not null || p.CopyToPublishDirectory is not null || p.Item.Find(Names.OutputItemType) is not null);

    /// <param name="find">A tree's listing.</param>
    /// <param name="folderOf">A tree's folder.</param>
    public static ImmutableArray<PromisedFile> Of(PlannedStage stage, Selection selection, Func<Reference<Tree>, Tree> find, Func<Reference<Tree>, string> folderOf) =>
    [
        .. from promise in stage.Promises
           from chosen in selection.Trees.Select((tree, i) => (Tree: find(tree), Number: i + 1))
           from file in Below(chosen.Tree, promise.Path)
           let target = (promise.Link ?? promise.Path).Append(promise.Path.RestOf(file))
           select new PromisedFile(
               promise,
               // What a link leads to: MSBuild would compare the link's own time with that of the copy, and copy again and again.
               chosen.Tree.Follow(file)!.Under(folderOf(chosen.Tree.Reference)),
               selection.Plural ? RelativePath.OfSegments([chosen.Number.ToString(CultureInfo.InvariantCulture)]).Append(target) : target),
    ];

    // Empty folders are not copied: MSBuild copies files.
    static IEnumerable<RelativePath> Below(Tree tree, RelativePath path) => tree.Find(path) switch
    {
        TreeEntry.File => [path],
        TreeEntry.Link when tree.Follow(path) is { } real && tree.Find(real) is TreeEntry.File => [path],
        _ => tree.Below(path).Where(e => e is TreeEntry.File || (e is TreeEntry.Link && tree.Follow(e.Path) is { } real && tree.Find(real) is TreeEntry.File)).Select(e => e.Path),
    };
}

/// <summary>A promised file of a chosen realization; a promised folder gives one for each file in it.</summary>
/// <param name="File">Absolute, in the store.</param>
/// <param name="TargetPath">Where a copy goes, relative to an output folder; below <c>n/</c> when several realizations may be chosen.</param>
public sealed record PromisedFile(Promise Promise, string File, RelativePath TargetPath);
