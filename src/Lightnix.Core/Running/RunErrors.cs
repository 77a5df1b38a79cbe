using System.Collections.Immutable;
using System.Globalization;
using Lightnix.Building;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>The catalogue of what goes wrong in a run: LNX2xxx, and errors of the store at the stage that met them.</summary>
public static class RunErrors
{
    /// <summary>The mistake of a builder that wrote a promised file beside its output, and the cure.</summary>
    internal static string Misplaced(RelativePath path) => $"the builder wrote '{path}' into its working folder, which is not kept: write it to 'out/{path}', in a Command '@{{out}}/{path}'";

    /// <summary>LNX2002: the builder failed.</summary>
    /// <param name="logTail">Null where nothing ran that could have printed something.</param>
    /// <param name="without">What it could not have in its sandbox; empty where there was none.</param>
    /// <param name="before">What earlier tries of the same run came to, with a newline in front; or empty.</param>
    /// <param name="full">The store, where its disk is full: that explains more than anything else; or null.</param>
    public static Diagnostic BuilderFailed(
        StageName stage, NextRun run, DeclaredItem item, string reason, string? logTail, string? logFile, string? workspace, string without = "", string before = "", string? full = null) =>
        Error("LNX2002", $"stage '{stage}'{Which(run)} failed: {Full(full)}{Visible.Text(reason)}"
            + (logTail switch { null => "", "" => ". It printed nothing", _ => $"\n{Indent(logTail)}" }) + before
            + (without.Length == 0 || full is not null ? "" : $"\nIt ran in a sandbox: {without}") + Traces(logFile, workspace), item);

    /// <summary>LNX2002: something that Lightnix does not expect. The other stages go on.</summary>
    /// <param name="run">Null where it was no run that met it.</param>
    /// <param name="logFile">Holds the stack; null: the build's own log does.</param>
    public static Diagnostic Unexpected(StageName stage, NextRun? run, DeclaredItem item, Exception e, string? logFile, string? workspace) =>
        Error("LNX2002", $"stage '{stage}'{(run is null ? "" : Which(run))} failed: Lightnix met an error that it does not expect ({e.GetType().Name}): {Visible.Cut(e.Message, LongestMessage)}. "
            + $"This is a fault of Lightnix: please report it, with the stack, which is in {(logFile is null ? "the log of this build (-v:detailed, or -bl)" : "the stage's log")}{Traces(logFile, workspace)}", item);

    // Some quote all that they were given.
    const int LongestMessage = 1000;

    static string Full(string? store) => store is null ? "" : $"the disk of the store '{store}' is full, so make room first; ";

    /// <summary>LNX2003: the time limit.</summary>
    /// <param name="taking">True where the builder had ended, and the limit came while its result was taken into the store.</param>
    public static Diagnostic TimeLimit(StageName stage, NextRun run, DeclaredItem item, TimeSpan limit, string logTail, string? logFile, string? workspace, string before = "", bool taking = false) =>
        Error("LNX2003", $"stage '{stage}'{Which(run)} was ended after its TimeLimit of {limit}"
            + (taking ? ", while its result was taken into the store: the limit counts for that too" : "")
            + (logTail.Length == 0 ? "" : $"\n{Indent(logTail)}") + before + Traces(logFile, workspace), item, "TimeLimit");

    /// <summary>LNX2004: no mirror has the declared bytes.</summary>
    public static Diagnostic WrongHash(StageName stage, DeclaredItem item, string declared, IEnumerable<(string Url, string Found)> found) =>
        Error("LNX2004", $"stage '{stage}': the download does not have the declared Sha256 {declared}; {string.Join("; ", found.Select(f => $"{f.Url} has {f.Found}"))}", item, "Sha256");

    /// <summary>LNX2006: a source changed while it was taken.</summary>
    public static Diagnostic Changed(PlannedStage stage, string what) =>
        Error("LNX2006", $"stage '{stage.Name}': {what} changed while it was taken; build again", stage.Item);

    /// <summary>LNX2008: the builder left a process behind.</summary>
    public static Diagnostic LeftBehind(StageName stage, NextRun run, DeclaredItem item, Leftovers processes, string before, string? logFile, string? workspace) =>
        Error("LNX2008", $"stage '{stage}'{Which(run)} left {processes.Counted} behind, which could still have written: {processes.Listed}. "
            + "They were ended and the result is refused; let the builder wait for what it starts" + before + Traces(logFile, workspace), item);

    /// <summary>LNX2011, warnings: the result cannot be placed on every system. So many are told, and how many more there are.</summary>
    public static IEnumerable<Diagnostic> Names(PlannedStage stage, ImmutableArray<string> reasons)
    {
        const int shown = 20;
        return reasons.Take(shown).Concat(reasons.Length > shown ? [string.Create(CultureInfo.InvariantCulture, $"{reasons.Length - shown} more names are like that")] : [])
            .Select(reason => new Diagnostic("LNX2011", Severity.Warning, Visible.Text($"stage '{stage.Name}': {reason}; the result is kept, but cannot be placed on every system"), stage.Item));
    }

    /// <summary>LNX5002: bubblewrap neither worked nor refused, so a stage does not run.</summary>
    /// <param name="why">As the end of a sentence.</param>
    internal static Diagnostic UndecidedSandbox(StageName stage, DeclaredItem item, string? why) =>
        Error("LNX5002", $"stage '{stage}' was not run, since it is not known whether there is a sandbox: {why}. Build again; LightnixSandbox=None runs builders without a sandbox", item);

    /// <summary>LNX2014: a build that may run nothing would have to run a stage, or could not build it.</summary>
    /// <param name="why">As a plan says it.</param>
    public static Diagnostic MayNotRun(StageName stage, DeclaredItem? item, string why) =>
        new("LNX2014", Severity.Error, $"stage '{stage}' is not up to date, and this build may run nothing: {why}", item);

    /// <summary>A store's refusal of what a run gave, at the stage that met it.</summary>
    public static Diagnostic Refused(PlannedStage stage, StoreException e, string? logFile, string? workspace) =>
        Error(e.Code, $"stage '{stage.Name}': {e.Message}{Traces(logFile, workspace)}", stage.Item);

    /// <summary>A store that is damaged, cannot lock (with its own code), or cannot be written or read (LNX3003), at the stage that met it.</summary>
    public static Diagnostic Store(PlannedStage stage, Exception e) =>
        Refused(stage, e as StoreException ?? StorageErrors.Failed("the store could not be written or read", e), null, null);

    internal static string CureOf(Exception e) => StorageErrors.CureOf(e);

    /// <summary>Whatever came out of a stage: what is of the store is explained, all else keeps its stack in the build's log.</summary>
    internal static Diagnostic Of(PlannedStage stage, Exception e, Action<BuildEvent> tell)
    {
        if (IsOfStore(e))
            return Store(stage, e);
        tell(new BuildEvent.Trace(stage.Name, e.ToString()));
        return Unexpected(stage.Name, null, stage.Item, e, null, null);
    }

    /// <summary>True of what <see cref="Store"/> explains: a full disk, say, which need not stop other stages.</summary>
    public static bool IsOfStore(Exception e) => e is StoreException or IOException or UnauthorizedAccessException;

    static string Which(NextRun run) => run is { Replicate: 1, Attempt: 1 } ? "" : run.Attempt == 1 ? $" (replicate {run.Replicate})" : $" (replicate {run.Replicate}, attempt {run.Attempt})";

    static string Traces(string? logFile, string? workspace) =>
        (logFile is null ? "" : $"\nThe whole log: {logFile}") + (workspace is null ? "" : $"\nThe working folder: {workspace}");

    internal static string Indent(string text) => string.Join('\n', text.Split('\n').Select(line => "  | " + line));

    static Diagnostic Error(string code, string message, DeclaredItem item, string? metadata = null) => new(code, Severity.Error, message, item, metadata);
}
