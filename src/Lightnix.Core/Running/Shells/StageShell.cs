using Lightnix.Building;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>Opens a shell, or runs a command, in the working folder of a recorded run: sources, inputs, environment, seed and sandbox are
/// as the run had them. Nothing is recorded.</summary>
/// <param name="command">Empty: an interactive shell.</param>
/// <param name="keep">The folder stays.</param>
public sealed class StageShell(RecordedRun run, ImmutableArray<string> command, bool keep, TimeProvider time)
{
    /// <summary>Called with lines for the person, before the command starts.</summary>
    public required Action<string> Notice { get; init; }

    /// <returns>The exit code of the command, and the working folder if it stays.</returns>
    /// <exception cref="StoreException">The working folder cannot be made.</exception>
    public async Task<(int Code, string? Kept)> OpenAsync(CancellationToken cancellationToken)
    {
        var store = run.Store;
        using var builders = new Builders(new(store.CacheFolder("builders"))
        {
            ProjectFolder = run.ProjectFolder,
            Hidden = run.Facts.Sandbox == RunFacts.NoSandbox ? null : [store.Folder],
            Built = [store.Folder],
            Take = store.Locks.AcquireAsync,
            Keep = store.Keep,
        });
        var sandbox = await builders.Sandbox.StateAsync().ConfigureAwait(false);
        if (sandbox.Missing is { } missing)
            Notice($"no sandbox: {missing}");
        using var workspace = store.NewWorkspace(cancellationToken);
        var prepared = Prepare(workspace, sandbox.Name is not null);
        if (command.IsEmpty)
            Notice(ShellWords.Shown(prepared.Recipe.Invocation, sandbox.Name is not null));
        try
        {
            var code = await builders.Processes.RunOnTerminalAsync(Request(prepared), cancellationToken).ConfigureAwait(false);
            if (keep)
                workspace.Keep();
            return (code, keep ? workspace.Folder : null);
        }
        catch (StartException e)
        {
            const int notFound = 127;
            Notice(e.Message);
            return (notFound, null);
        }
    }

    PreparedRun Prepare(Workspace workspace, bool sandboxed)
    {
        var (facts, stage) = (run.Facts, RecordedStage.Of(run));
        var order = new RunOrder(stage, run.Resolved, facts.Resolved, new(facts.Replicate, facts.Attempt), run.Inputs, facts.Tools,
            number => number, "a shell");
        var ongoing = new OngoingRun(new(order, facts), workspace, stage.Execution.Cores ?? 1, keepWorkspace: keep, time, _ => { });
        var preparation = new Preparation(run.Store, KeepSources.None);
        preparation.PlaceSources(ongoing);
        if (stage.Execution.Checkpoint)
            Directory.CreateDirectory(Path.Combine(workspace.Folder, WorkingFolder.Checkpoint));
        return preparation.Prepare(ongoing, sandboxed);
    }

    BuildRequest Request(PreparedRun prepared)
    {
        var (recipe, shell) = (prepared.Recipe, command.IsEmpty ? ShellWords.For(prepared.Recipe.Invocation) : command);
        return new()
        {
            Recipe = recipe with
            {
                Invocation = new Invocation.Words(shell) { ProgramFolder = (recipe.Invocation as Invocation.Program)?.Folder },
                Environment = command.IsEmpty
                    ? recipe.Environment.SetItem("PS1", $"[{run.Derivation.Name}] \\w \\$ ")
                    : recipe.Environment,
                // A sandbox shows what the run called.
                Tools = [.. recipe.Tools.Union(run.Facts.Programs.Keys, StringComparer.Ordinal)],
                TimeLimit = null,
            },
            WorkingFolder = prepared.WorkingFolder,
            LogFile = prepared.LogFile,
            Mounts = prepared.Mounts,
            IsOnTerminal = true,
            Notice = Notice,
        };
    }
}
