using Lightnix.Promises;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Reads the values of promised paths in a chosen result.</summary>
static class PromiseValues
{
    public static ImmutableArray<ReportedPromise> Of(Store store, Selection selection)
    {
        var tree = store.Trees.Find(selection.Results[0].Tree);
        return [.. selection.Demands.Select(d => new ReportedPromise(d, tree is null ? null : Value(store, d, tree), SizeIn(tree, d)))];
    }

    static string? Value(Store store, RecordedPromise demand, Tree tree)
    {
        var promise = demand.ToPromise();
        if (promise.Type != PromiseType.Number && promise.Pointer is null)
            return null;
        try
        {
            return PromiseCheck.Read(new(promise.Path, promise.Pointer), store.Trees.Open(tree)).Text;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Of an evicted tree only small files stay.
            return null;
        }
    }

    static long? SizeIn(Tree? tree, RecordedPromise demand)
    {
        if (tree?.Follow(RelativePath.Parse(demand.Path)) is not { } path)
            return null;
        return tree.Find(path) is TreeEntry.File file ? file.Size : tree.Below(path).OfType<TreeEntry.File>().Sum(f => f.Size);
    }
}
