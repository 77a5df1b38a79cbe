namespace Lightnix.Building;

/// <summary>Runs builders as processes of this machine, in a sandbox where there is one.</summary>
/// <param name="caller">The environment of the build.</param>
/// <param name="projectFolder">Null: it is not known.</param>
sealed class BuilderProcesses(
    CallerEnvironment caller, string? projectFolder, BuilderCommands commands, SandboxChoice sandbox, UsedPrograms programs,
        OrphanReaper reaper)
{
    /// <summary>Runs a command, script or program in its working folder. The log file receives all that it prints.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled. The builder and all its children have ended.</exception>
    public async Task<BuildOutcome> RunAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        BuildOutcome outcome;
        try
        {
            outcome = await ExecuteAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (StartException e)
        {
            outcome = new BuildOutcome.Failed(null, e.Message);
        }
        return outcome is BuildOutcome.Failed { ExitCode: null or 126 or 127 } failed
            ? failed with { Hint = ProjectPrograms.Hint(BuilderCommands.Called(request.Recipe.Invocation), request, projectFolder) }
            : outcome;
    }

    /// <summary>Runs a program with the terminal of this process, where a builder would see and may do the same.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="StartException">The program is missing, or cannot be started.</exception>
    public async Task<int> RunOnTerminalAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        var box = (await sandbox.TrialAsync().ConfigureAwait(false)).Sandbox;
        var environment = caller.For(request, sandboxed: box is not null);
        var command = await commands.OfAsync(request, environment, cancellationToken).ConfigureAwait(false) with { IsOnTerminal = true };
        if (box is not null)
            (command, _) = await box.WrapAsync(command, request).ConfigureAwait(false);
        ArgumentLimits.Check(command);
        var child = await SystemTraits.StartAsync(command).ConfigureAwait(false);
        await child.Exited.ConfigureAwait(false);
        return child.Collect().Code;
    }

    async Task<BuildOutcome> ExecuteAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        var trial = await sandbox.TrialAsync().ConfigureAwait(false);
        if (trial.IsUndecided)
            return new BuildOutcome.Failed(null, $"it is not known whether there is a sandbox: {trial.Missing}");
        var environment = caller.For(request, sandboxed: trial.Sandbox is not null);
        var command = await commands.OfAsync(request, environment, cancellationToken).ConfigureAwait(false);
        ArgumentLimits.Check(command);
        return await ExecuteAsync(command, trial, request, cancellationToken).ConfigureAwait(false) with { Compiling = command.Compiling };
    }

    async Task<BuildOutcome> ExecuteAsync(ProcessCommand command, SandboxTrial trial, BuildRequest request,
        CancellationToken cancellationToken)
    {
        if (trial.Sandbox is { } box)
        {
            var (wrapped, shown) = await box.WrapAsync(command, request).ConfigureAwait(false);
            return await SandboxedAsync(wrapped, request, cancellationToken).ConfigureAwait(false) with { Programs = shown };
        }
        // The programs are searched while the builder runs.
        var used = programs.OfAsync(command, request);
        var outcome = await BareAsync(command, request, cancellationToken).ConfigureAwait(false);
        return outcome with { Programs = await used.ConfigureAwait(false) };
    }

    async Task<BuildOutcome> BareAsync(ProcessCommand command, BuildRequest request, CancellationToken cancellationToken)
    {
        var mark = BuilderEnvironment.MarkOf(Path.Combine(request.WorkingFolder, WorkingFolder.Temporary));
        await reaper.WatchAsync(mark).ConfigureAwait(false);
        return Outcome(await ProcessRunner.RunAsync(command with { Mark = mark }, request.Recipe.TimeLimit, cancellationToken)
            .ConfigureAwait(false), request);
    }

    static async Task<BuildOutcome> SandboxedAsync(ProcessCommand command, BuildRequest request, CancellationToken cancellationToken)
    {
        await using var printed = PrintedText.Make(command.ErrorFile!);
        var ended = await ProcessRunner.RunAsync(command, request.Recipe.TimeLimit, cancellationToken).ConfigureAwait(false);
        var report = await PrintedText.ReadAsync(printed).ConfigureAwait(false);
        File.Delete(command.ErrorFile!);
        if (ended.TimedOut)
            return Outcome(ended, request);
        return SandboxGuard.Read(report) is var (left, more)
            ? Outcome(ended with { LeftBehind = [.. left, .. ended.LeftBehind], MoreLeftBehind = more }, request)
            : new BuildOutcome.Failed(null,
                $"the sandbox could not be made: {(report.Trim() is { Length: > 0 } text ? text : ended.Status)}");
    }

    static BuildOutcome Outcome(ProcessRunner.Ended ended, BuildRequest request)
    {
        // A builder chooses the names of its processes.
        var left = new Leftovers([.. ended.LeftBehind.Select(Visible.Text)], ended.MoreLeftBehind);
        BuildOutcome outcome = ended switch
        {
            { TimedOut: true } => new BuildOutcome.TimedOut(request.Recipe.TimeLimit!.Value),
            { Status.Succeeded: false } => new BuildOutcome.Failed(ended.Status.Code, ended.Status.ToString()),
            _ when !left.IsEmpty => new BuildOutcome.Failed(0, $"it left {left.Counted} behind: {left.Listed}") { LeftBehind = left },
            _ => new BuildOutcome.Completed(),
        };
        return outcome with { Unlogged = ended.Unlogged, Took = ended.Took };
    }
}
