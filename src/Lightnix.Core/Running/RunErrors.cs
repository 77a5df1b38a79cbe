using Lightnix.Building;
using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>The catalogue of what goes wrong in a run: LNX2xxx, and errors of the store at the stage that met them.</summary>
static class RunErrors
{
    // Some messages of exceptions quote all that they were given.
    const int LongestMessage = 1000;

    // Of LNX2011.
    const int MostNames = 20;

    /// <summary>LNX2002: the builder failed.</summary>
    /// <param name="logTail">Null where nothing ran that could have printed something.</param>
    public static Diagnostic BuilderFailed(OngoingRun run, string reason, string? logTail, string? logFile, FailureContext context)
    {
        var printed = logTail switch { null => "", "" => ". It printed nothing", _ => $"\n{Indent(logTail)}" };
        var full = context.FullStore is { } store ? $"the disk of the store '{store}' is full, so make room first; " : "";
        var sandbox = context.Sandbox.Length == 0 || full.Length > 0 ? "" : $"\nIt ran in a sandbox: {context.Sandbox}";
        return Error("LNX2002", run,
            $"{Name(run)} failed: {full}{Visible.Text(reason)}{printed}{context.Before}{sandbox}{Traces(logFile, run.KeptFolder)}");
    }

    /// <summary>LNX2002: the runs of a stage were made for another one that has the same, and failed.</summary>
    public static Diagnostic SharedRuns(PlannedStage stage, StageName other) =>
        Error("LNX2002", stage, $"stage '{stage.Name}' failed: its runs are those of stage '{other}', which differs from it in name alone, "
            + "and they failed as its errors say");

    /// <summary>LNX2002: an error that Lightnix does not expect. The other stages go on.</summary>
    /// <param name="run">Null where no run met it.</param>
    /// <param name="logFile">Holds the stack; null: the build's own log does.</param>
    public static Diagnostic Unexpected(PlannedStage stage, NextRun? run, Exception e, string? logFile, string? workspace)
    {
        var place = logFile is null ? "the log of this build (-v:detailed, or -bl)" : "the stage's log";
        return Error("LNX2002", stage,
            $"stage '{stage.Name}'{Which(stage, run)} failed: Lightnix met an error that it does not expect ({e.GetType().Name}): "
            + $"{Visible.Cut(e.Message, LongestMessage)}. This is a fault of Lightnix: please report it, with the stack, which is in "
                + $"{place}"
            + Traces(logFile, workspace));
    }

    /// <summary>LNX2003: the time limit.</summary>
    /// <param name="before">As of <see cref="FailureContext"/>.</param>
    /// <param name="taking">The builder had ended, and its result was being taken into the store.</param>
    public static Diagnostic TimeLimit(OngoingRun run, string logTail, string? logFile, string before = "", bool taking = false) =>
        Error("LNX2003", run, $"{Name(run)} was ended after its TimeLimit of {Durations.Declared(run.Stage.Execution.TimeLimit!.Value)}"
            + (taking ? ", while its result was taken into the store: the limit counts for that too" : "")
            + (logTail.Length == 0 ? "" : $"\n{Indent(logTail)}") + before + Traces(logFile, run.KeptFolder), "TimeLimit");

    /// <summary>LNX2004: no mirror has the declared bytes.</summary>
    public static Diagnostic WrongHash(PlannedStage stage, Builder.Download download, DownloadOutcome.WrongHash wrong) =>
        Error("LNX2004", stage, $"stage '{stage.Name}': the download does not have the declared Sha256 {download.Sha256}; "
            + string.Join("; ", wrong.Found.Select(f => $"{f.Url} has {f.Digest}")), "Sha256");

    /// <summary>LNX2006: a source changed while it was taken.</summary>
    public static Diagnostic Changed(PlannedStage stage, string what) =>
        Error("LNX2006", stage, $"stage '{stage.Name}': {what} changed while it was taken; build again");

    /// <summary>LNX2006: a program changed while it was taken.</summary>
    public static StoreException ChangedProgram(string folder) =>
        new("LNX2006", $"the program in '{folder}' changed while it was taken; build again");

    /// <summary>LNX2007: an archive holds what no tree can hold.</summary>
    public static StoreException RefusedArchive(DownloadOutcome.Refused refused) => new("LNX2007", refused.Reason);

    /// <summary>LNX2008: the builder left a process behind.</summary>
    public static Diagnostic LeftBehind(OngoingRun run, Leftovers processes, string? logFile, string before) =>
        Error("LNX2008", run, $"{Name(run)} left {processes.Counted} behind, which could still have written: {processes.Listed}. "
            + "They were ended and the result is refused; let the builder wait for what it starts"
            + before + Traces(logFile, run.KeptFolder));

    /// <summary>LNX2011, warnings: the result cannot be placed on every system.</summary>
    public static IEnumerable<Diagnostic> Names(PlannedStage stage, ImmutableArray<string> reasons)
    {
        var more = reasons.Length - MostNames;
        return reasons.Take(MostNames)
            .Concat(more > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{more} more names are like that")] : [])
            .Select(reason => new Diagnostic("LNX2011", Severity.Warning,
                Visible.Text($"stage '{stage.Name}': {reason}; the result is kept, but cannot be placed on every system"), stage.Item));
    }

    /// <summary>LNX2014: a build that may run nothing would have to run a stage, or could not build it.</summary>
    /// <param name="why">As a plan says it.</param>
    public static Diagnostic MayNotRun(StageName stage, DeclaredItem? item, string why) =>
        new("LNX2014", Severity.Error, $"stage '{stage}' is not up to date, and this build may run nothing: {why}", item);

    /// <summary>LNX2015, a warning: a stage promises nothing, and its run wrote nothing.</summary>
    public static Diagnostic NothingWritten(PlannedStage stage) =>
        new("LNX2015", Severity.Warning,
            $"stage '{stage.Name}' promises nothing and wrote nothing to its output folder, so its result is empty: let it write to "
            + $"'@{{out}}', and promise the file with <Promise Include=\"FILE\" Stage=\"{stage.Name}\" />", stage.Item);

    /// <summary>LNX5002: bubblewrap neither worked nor refused, so the stage does not run.</summary>
    /// <param name="why">As the end of a sentence.</param>
    public static Diagnostic UndecidedSandbox(PlannedStage stage, string? why) =>
        Error("LNX5002", stage, $"stage '{stage.Name}' was not run, since it is not known whether there is a sandbox: {why}. "
            + "Build again; LightnixSandbox=None runs builders without a sandbox");

    /// <summary>A store's refusal, at the stage that met it.</summary>
    public static Diagnostic Refused(PlannedStage stage, StoreException e, NextRun? run = null, string? logFile = null,
        string? workspace = null) =>
        Error(e.Code, stage, $"stage '{stage.Name}'{Which(stage, run)}: {e.Message}{Traces(logFile, workspace)}");

    /// <summary>A store that is damaged or cannot lock (with its own code), or that cannot be written or read (LNX3003).</summary>
    public static Diagnostic Store(PlannedStage stage, Exception e, NextRun? run = null) =>
        Refused(stage, e as StoreException ?? StorageErrors.Failed("the store could not be written or read", e), run);

    // Where exceptions end: a maker's, in the runner, which records a failure; other ones of a run, there too, without a record; those of a
    // stage outside of runs, in the scheduler's pass, which settles that stage alone; those of a whole build, at its skin.
    /// <summary>Whatever a stage threw. The stack of an unexpected error is reported apart.</summary>
    /// <param name="run">Null where no run met it.</param>
    public static Diagnostic Of(PlannedStage stage, Exception e, Action<BuildEvent> report, NextRun? run = null)
    {
        if (IsOfStore(e))
            return Store(stage, e, run);
        report(new BuildEvent.Trace(stage.Name, e.ToString()));
        return Unexpected(stage, run, e, null, null);
    }

    /// <summary>True of what <see cref="Store"/> explains, such as a full disk. It stops no other stages.</summary>
    public static bool IsOfStore(Exception e) => e is StoreException or IOException or UnauthorizedAccessException;

    /// <summary>The mistake of a builder that wrote a promised file beside its output, and the cure.</summary>
    public static string Misplaced(RelativePath path) =>
        $"the builder wrote '{path}' into its working folder, which is not kept: write it to 'out/{path}', in a Command '@{{out}}/{path}'";

    /// <summary>The error of a run whose checkpoint is kept.</summary>
    public static Diagnostic WithCheckpoint(OngoingRun run, Diagnostic problem)
    {
        var afresh = run.Workspace.Tool.Of($"rm {run.Stage.Name} --checkpoint");
        return problem with
        {
            Message = $"{problem.Message}\nIts checkpoint is kept, and the next build goes on from there; '{afresh}' starts it afresh",
        };
    }

    /// <summary>The error of a run that was to give a collected result again.</summary>
    /// <param name="why">As of <see cref="RunOrder.Reason"/>.</param>
    public static Diagnostic WhileRestoring(Diagnostic problem, string why) => problem with
    {
        Message = $"{problem.Message}\nIt ran again because {why}. What is known of that result stays, and the next build tries again",
    };

    /// <summary>Lines of a log, as messages show them.</summary>
    public static string Indent(string text) => string.Join('\n', text.Split('\n').Select(line => "  | " + line));

    static string Name(OngoingRun run) => $"stage '{run.Stage.Name}'{Which(run.Stage, run.Order.Next)}";

    // Of a stage that wants one run, the number says nothing.
    static string Which(PlannedStage stage, NextRun? run) => run switch
    {
        null => "",
        { Replicate: 1, Attempt: 1 } when stage.Matcher.AtMost == 1 => "",
        { Attempt: 1 } when stage.Matcher.Select != Select.Quorum =>
            string.Create(CultureInfo.InvariantCulture, $" (replicate {run.Replicate})"),
        _ => string.Create(CultureInfo.InvariantCulture, $" (replicate {run.Replicate}, attempt {run.Attempt})"),
    };

    static string Traces(string? logFile, string? workspace) =>
        (logFile is null ? "" : $"\nThe whole log: {logFile}") + (workspace is null ? "" : $"\nThe working folder: {workspace}");

    static Diagnostic Error(string code, OngoingRun run, string message, string? metadata = null) =>
        Error(code, run.Stage, message, metadata);

    static Diagnostic Error(string code, PlannedStage stage, string message, string? metadata = null) =>
        new(code, Severity.Error, message, stage.Item, metadata);
}
