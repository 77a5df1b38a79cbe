using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Projects;
using Lightnix.Realizing;
using Lightnix.Storage;

namespace Lightnix;

/// <summary>Promised files as other tools get them. What such a tool may write to is a copy below <c>obj</c>, never the store.</summary>
sealed class ItemFiles(PipelineRequest request, ItemWish wish)
{
    readonly ItemCopies _copies =
        new(request.IntermediateFolder, request.Options.ProjectFile, wish.Everything ? ItemCopies.Artifacts : ItemCopies.Items) { Tool = new(request.Store, request.ToolStore) };

    /// <summary>LNX2007 for each promise with files that MSBuild would take for others.</summary>
    public static IEnumerable<Diagnostic> Refused(ImmutableArray<RealizedStage> stages) =>
        from stage in stages
        from refused in stage.Files.Where(f => f.WhyNoItem is not null).GroupBy(f => f.Promise.Item.Ordinal)
        select BuildErrors.RefusedName(stage.Stage.Name, refused.First(), refused.First().WhyNoItem!, refused.Count() - 1);

    /// <summary>What was recalled, with copies in place of files of the store.</summary>
    /// <param name="store">Only looked at, unless a lock is needed.</param>
    public static async Task<ImmutableArray<RecalledStage>> RecalledAsync(
        PipelineRequest request, Store store, ItemWish wish, ImmutableArray<RecalledStage> stages, CancellationToken cancellationToken)
    {
        var items = new ItemFiles(request, wish);
        var files = stages.SelectMany(s => s.Files).ToImmutableArray();
        try
        {
            if (files.Any(items.IsCopied) || wish.Everything)
                await items.PlaceAsync(files, store.IsReadOnly ? LockStore.Of(request.IntermediateFolder) : store.Locks, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (wish.OnlyMissing && e is (IOException or UnauthorizedAccessException or StoreException))
        {
            // The next build says what is wrong.
        }
        return [.. stages.Select(s => s with { Files = items.Handed(s.Files) })];
    }

    public async Task PlaceAsync(IEnumerable<PromisedFile> files, LockStore locks, CancellationToken cancellationToken)
    {
        var copied = files.Where(IsCopied).ToImmutableArray();
        ImmutableArray<ItemCopy> copies = [.. copied.Select(CopyOf).DistinctBy(c => c.Path)];
        var areCode = copied.Any(f => "Compile".Equals(f.ItemType, StringComparison.OrdinalIgnoreCase));
        await (wish.OnlyMissing
            ? _copies.PlaceMissingAsync(copies, areCode, locks, cancellationToken)
            : _copies.PlaceAsync(copies, areCode, locks, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Files under the paths where others find them.</summary>
    public ImmutableArray<PromisedFile> Handed(ImmutableArray<PromisedFile> files) =>
    [
        .. files
            .Where(f => !wish.OnlyMissing || !IsCopied(f) || _copies.Exists(CopyOf(f)))
            .Select(f => IsCopied(f) ? f with { File = _copies.PathOf(f.Copy) } : f),
    ];

    bool IsCopied(PromisedFile file) => wish.Everything || file.ItemType is not null;

    static ItemCopy CopyOf(PromisedFile file) => new(file.Copy, file.File, file.Stored.Content, file.Stored.Executable);
}
