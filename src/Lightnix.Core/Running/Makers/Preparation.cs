using Lightnix.Building;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Fills the working folder of a run, and makes the recipe that is executed there.</summary>
sealed class Preparation(Store store, KeepSources keep)
{
    /// <summary>Places the sources, and keeps them.</summary>
    /// <exception cref="StoreException">LNX2006: a source changed since it was hashed.</exception>
    public void PlaceSources(OngoingRun run)
    {
        foreach (var source in run.Stage.Sources)
            run.Workspace.Place(source);
        store.Sources.Keep(run.Workspace.Folder, [.. run.Stage.Sources.Select(s => s.Entry)], keep);
    }

    /// <summary>Places the inputs and the run's context.</summary>
    public PreparedRun Prepare(OngoingRun run, bool sandboxed)
    {
        var (order, workspace) = (run.Order, run.Workspace);
        foreach (var (input, choice) in order.Inputs)
            Place(workspace, input, choice, sandboxed);
        workspace.Write(RunContext.Path, RunContext.ToBytes(order.Resolved, order.Next.Replicate, run.Facts.Seed!.Value, run.Cores));
        return new(run.Draft, Recipe(run), workspace.Folder, workspace.LogFile, workspace.Mounts);
    }

    void Place(Workspace workspace, PlannedInput input, Choice choice, bool sandboxed)
    {
        for (var i = 0; i < choice.Results.Length; i++)
        {
            var tree = store.Trees.Find(choice.Results[i].Tree)!;
            var folder = store.Trees.FolderOf(tree.Reference);
            if (input.Paths.IsEmpty)
                workspace.Place(tree, folder, RelativePath.Root, input.Mount(i), sandboxed);
            foreach (var path in input.Paths)
                workspace.Place(tree, folder, tree.Follow(path)!, input.Mount(i).Append(path), sandboxed);
        }
    }

    Recipe Recipe(OngoingRun run)
    {
        var (order, stage, seed) = (run.Order, run.Stage, run.Facts.Seed!.Value);
        var counts = order.Inputs.Where(i => i.Input.Plural)
            .ToImmutableSortedDictionary(i => i.Input.At, i => i.Choice.Results.Length, StringComparer.Ordinal);
        var bindings = new Bindings(seed, order.Next.Replicate, run.Cores, stage.Derivation.Parameters, counts);
        return new()
        {
            Invocation = Planner.Invoke(stage, order.Resolved.Builder, bindings, ProgramFolder(stage)),
            Environment = Planner.Variables(stage, bindings)
                .SetItems(stage.Execution.Checkpoint
                    ? [KeyValuePair.Create(WorkingFolder.CheckpointVariable, WorkingFolder.Checkpoint)] : [])
                .SetItem("LIGHTNIX_OUT", "out")
                .SetItem("LIGHTNIX_SEED", Text(seed))
                .SetItem("LIGHTNIX_REPLICATE", Text(order.Next.Replicate))
                .SetItem("LIGHTNIX_CORES", Text(run.Cores))
                .SetItem("LIGHTNIX_CONTEXT", RunContext.Path.ToString()),
            PassEnvironment = stage.Execution.PassEnvironment,
            Tools = stage.Derivation.Tools,
            Network = stage.Derivation.Network,
            Gpus = stage.Execution.Gpus > 0,
            TimeLimit = stage.Execution.TimeLimit,
        };

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    // The program runs from the store, because only there it stays as it was hashed.
    string? ProgramFolder(PlannedStage stage)
    {
        if (stage.Program is not { } program)
            return null;
        var reference = program.Output.Reference;
        if (!store.Trees.Keep(reference) && store.Trees.Take(program.Folder).Reference != reference)
            throw RunErrors.ChangedProgram(program.Folder);
        store.Trees.Check(store.Trees.Get(reference), everyByte: false);
        return store.Trees.FolderOf(reference);
    }
}
