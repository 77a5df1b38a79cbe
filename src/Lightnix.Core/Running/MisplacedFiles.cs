using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Promised files that a builder wrote into its working folder, and not into its output.</summary>
static class MisplacedFiles
{
    /// <summary>Adds a line about each to the log.</summary>
    /// <param name="tree">The output.</param>
    public static ImmutableArray<RelativePath> Noted(PlannedStage stage, Tree tree, Workspace workspace)
    {
        if (!stage.Derivation.Builder.Runs)
            return [];
        var misplaced = Of(stage, tree, workspace.Folder);
        foreach (var path in misplaced)
            workspace.Note($"lightnix: {RunErrors.Misplaced(path)}");
        return misplaced;
    }

    // No link in the folder is followed.
    static ImmutableArray<RelativePath> Of(PlannedStage stage, Tree tree, string workingFolder)
    {
        using var folder = OpenedFolder.At(workingFolder);
        return [.. stage.Promises.Select(p => p.Path).Distinct()
            .Where(p => tree.Follow(p) is null && !IsThereAnyway(stage, p) && Holds(folder, p))];
    }

    // Inputs, the output, the checkpoint and the sources. Without Checkpoint, that folder is like any other.
    static bool IsThereAnyway(PlannedStage stage, RelativePath path) => path.First is "in" or "out"
        || (path.First == WorkingFolder.Checkpoint && stage.Execution.Checkpoint) || stage.Sources.Any(s => s.Entry.Path == path);

    static bool Holds(OpenedFolder folder, RelativePath path)
    {
        using var file = folder.OpenForReading(path);
        return file is not null;
    }
}
