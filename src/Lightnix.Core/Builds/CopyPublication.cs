using Lightnix.Projects;
using Lightnix.Queries;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix.Builds;

/// <summary>Publishes promised files to other tools. One that may write gets a copy below <c>obj</c>, never a stored file.</summary>
sealed class CopyPublication(ProjectRequest request, CopyPolicy policy)
{
    readonly ItemCopies _copies =
        new(request.IntermediateFolder, request.Options.ProjectFile, policy.Everything ? ItemCopies.Artifacts : ItemCopies.Items)
        {
            Tool = new(request.Store, request.ToolStore),
        };

    /// <summary>LNX2007 for each promise with files whose names MSBuild would read as other paths.</summary>
    public static IEnumerable<Diagnostic> Refused(ImmutableArray<ProjectStage> stages) =>
        from stage in stages
        from refused in stage.Files.Where(f => f.WhyNoItem is not null).GroupBy(f => f.Promise.Item.Ordinal)
        select PublicationErrors.RefusedName(stage.Stage.Name, refused.First(), refused.First().WhyNoItem!, refused.Count() - 1);

    /// <summary>Makes copies for what the last build chose, and puts them in place of files of the store.</summary>
    public async Task<ImmutableArray<ProjectStage>> PublishLastAsync(
        ImmutableArray<ProjectStage> stages, Store store, CancellationToken cancellationToken)
    {
        var files = stages.SelectMany(s => s.Files).ToImmutableArray();
        try
        {
            if (files.Any(IsCopied) || policy.Everything)
            {
                var locks = store.IsReadOnly ? LockStore.Of(request.IntermediateFolder) : store.Locks;
                await PlaceAsync(files, locks, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (policy.OnlyMissing && RunErrors.IsOfStore(e))
        {
            // The next build reports it.
        }
        return [.. stages.Select(s => s with { Files = Published(s.Files) })];
    }

    /// <summary>Makes copies for what was built, and puts them in place of files of the store.</summary>
    public async Task<ImmutableArray<ProjectStage>> PublishAsync(
        ImmutableArray<ProjectStage> stages, LockStore locks, CancellationToken cancellationToken)
    {
        await PlaceAsync(stages.SelectMany(s => s.Files), locks, cancellationToken).ConfigureAwait(false);
        return [.. stages.Select(s => s with { Files = Published(s.Files) })];
    }

    async Task PlaceAsync(IEnumerable<PromisedFile> files, LockStore locks, CancellationToken cancellationToken)
    {
        var copied = files.Where(IsCopied).ToImmutableArray();
        ImmutableArray<ItemCopy> copies = [.. copied.Select(CopyOf).DistinctBy(c => c.Path)];
        var areCode = copied.Any(f => "Compile".Equals(f.ItemType, StringComparison.OrdinalIgnoreCase));
        await (policy.OnlyMissing
            ? _copies.PlaceMissingAsync(copies, areCode, locks, cancellationToken)
            : _copies.PlaceAsync(copies, areCode, locks, cancellationToken)).ConfigureAwait(false);
    }

    ImmutableArray<PromisedFile> Published(ImmutableArray<PromisedFile> files) =>
    [
        .. files
            .Where(f => !policy.OnlyMissing || !IsCopied(f) || _copies.Exists(CopyOf(f)))
            .Select(f => IsCopied(f) ? f with { File = _copies.PathOf(f.Copy) } : f),
    ];

    bool IsCopied(PromisedFile file) => policy.Everything || file.ItemType is not null;

    static ItemCopy CopyOf(PromisedFile file) => new(file.Copy, file.File, file.Stored.Content, file.Stored.Executable);
}
