using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Takes a file or folder of the working tree into the store, as it was planned.</summary>
sealed class ImportMaker(Store store) : IMaker
{
    public async Task<Output> MakeAsync(OngoingRun run, CancellationToken cancellationToken)
    {
        var stage = run.Stage;
        // A path that is gone counts as an empty tree, which no plan has.
        var output = await run.TakeAsync(
            c => store.Trees.TakeImport(stage.ImportPath!, stage.ImportTree!, c) ?? Tree.Of([]), TimeSpan.Zero, null,
                cancellationToken).ConfigureAwait(false);
        return output is Output.Taken taken && taken.Tree.Reference != stage.ImportTree!.Reference
            ? new Output.Failed(null, "the imported path changed", _ => RunErrors.Changed(stage, $"'{stage.ImportPath}'"))
            : output;
    }
}
