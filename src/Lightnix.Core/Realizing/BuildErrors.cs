using System.Collections.Immutable;
using System.Globalization;
using Lightnix.Building;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Promises;
using Lightnix.Storage;

namespace Lightnix.Realizing;

/// <summary>The catalogue of what goes wrong while building: LNX2xxx.</summary>
public static class BuildErrors
{
    /// <summary>LNX1014, as the results show it: two files at one place, or one where the other needs a folder.</summary>
    internal static Diagnostic EqualTargets(StageName stage, PromisedFile file, StageName firstStage, PromisedFile first) =>
        Error("LNX1014", $"promise '{file.Promise.Path}' of '{stage}' is copied to '{file.TargetPath}', and "
            + (file.TargetPath == first.TargetPath ? "so is" : $"'{first.TargetPath}', where a folder must be, is a file of")
            + $" '{first.Promise.Path}' of '{firstStage}'; give one of them another Link, or copy one only", file.Promise.Item);

    /// <summary>The same of two projects, in the output of a third that references them, or of one and those that it references.</summary>
    internal static Diagnostic EqualTargets(string project, CopiedFile file, CopiedFile first) =>
        new("LNX1014", Severity.Error, $"'{file.TargetPath}' is copied to the output of {Path.GetFileName(project)} from stage '{file.Stage}' of {Path.GetFileName(file.Project)}, and "
            + (file.TargetPath == first.TargetPath ? "" : $"'{first.TargetPath}', where a folder must be, ")
            + $"from stage '{first.Stage}' of {Path.GetFileName(first.Project)}; give one of them another Link, or copy one only");

    /// <summary>LNX2001, an error: no result of a stage keeps a promise.</summary>
    /// <param name="project">The project file, absolute: the build may be that of another project.</param>
    /// <param name="folder">Where the last result is that breaks it; null where another promise's error has said that, and what can be done.</param>
    public static Diagnostic BrokenPromise(string project, PlannedStage declared, Promise promise, ImmutableArray<(Judged Result, Verdict Verdict)> broken, string? folder)
    {
        var stage = declared.Name;
        var reasons = broken.SelectMany(b => b.Verdict.Broken).Distinct(StringComparer.Ordinal).ToImmutableArray();
        var of = broken.Length == 1 ? "" : $" in {broken.Length} results";
        return Error("LNX2001", $"stage '{stage}' broke its promise '{promise.Path}'{of}: {Listed.First(3, reasons, "; ")}" + (folder is null ? "" : ". "
            + $"{(broken.Length == 1 ? "The result is kept" : "The last one is kept")} in {folder}, and nothing runs again until something changes: "
            + CureOf(project, declared)), promise.Item);
    }

    internal static string CureOf(string project, PlannedStage stage) => stage.Derivation.Builder switch
    {
        Builder.Import => $"correct the promise, or what Path=\"{stage.Item.Find(Planning.Names.Path)}\" leads to",
        Builder.Download => "correct the promise, or name another file with Url and Sha256",
        _ => $"correct the promise, or what the stage makes, or make another run with {RunAgain(project, stage.Name)}",
    };

    /// <summary>LNX2001, a warning: a run of this build breaks a promise, but the stage has another result.</summary>
    public static Diagnostic BrokenRun(StageName stage, int replicate, Verdict verdict) =>
        new("LNX2001", Severity.Warning, $"replicate {replicate} of stage '{stage}' broke its promise '{verdict.Promise.Path}': {Listed.First(3, verdict.Broken, "; ")}; it is kept, and not chosen", verdict.Promise.Item);

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

    /// <summary>LNX2005: the matcher is not satisfied, and nothing more may be run.</summary>
    /// <param name="project">As of <see cref="BrokenPromise"/>.</param>
    /// <param name="kept">Where the last result is; null where there is none.</param>
    /// <param name="rejections">Of the results, which are what is in the way first.</param>
    public static Diagnostic Unsatisfied(string project, PlannedStage stage, string reason, string? kept, ImmutableArray<Rejection> rejections) =>
        Error("LNX2005", $"stage '{stage.Name}': the matcher {stage.Matcher.Select} is not satisfied: {reason}"
            + (kept is null ? "" : $". The last result is kept in {kept}, and nothing runs again until something changes")
            + (rejections.IsEmpty ? Cure(project, stage, kept) : Rejected(rejections)),
            stage.MatcherItem ?? stage.Item);

    static string Cure(string project, PlannedStage stage, string? kept) =>
        // More of them would not make an only one, and what Exact names is what it names.
        kept is null || stage.Matcher.Select is Select.Only or Select.Exact ? "" : $": change the matcher, or make another run with {RunAgain(project, stage.Name)}";

    static string RunAgain(string project, StageName stage) => $"dotnet build \"{project}\" -t:LightnixRun -p:LightnixStages={stage}";

    // Another run may give the rejected result again.
    static string Rejected(ImmutableArray<Rejection> rejections)
    {
        var some = rejections.Select(r => $"{r.Realization.Short} was rejected by {r.Who} ({Visible.Short(r.Reason)}), which 'lightnix unreject {r.Realization.Short}' takes back");
        return $". {Listed.First(3, some, "; ")}";
    }

    /// <summary>LNX2006: a source changed while it was taken.</summary>
    public static Diagnostic Changed(PlannedStage stage, string what) =>
        Error("LNX2006", $"stage '{stage.Name}': {what} changed while it was taken; build again", stage.Item);

    /// <summary>LNX2007: an output file cannot be an item, because MSBuild would take its name for another one.</summary>
    public static Diagnostic RefusedName(StageName stage, PromisedFile file, string why, int more) =>
        Error("LNX2007", Visible.Text($"stage '{stage}': the output file '{Visible.Short(file.Stored.Path.ToString())}' is refused: its name {why}, and promise '{file.Promise.Path}' hands it to MSBuild"
            + (more == 0 ? "" : $"; so are {more.ToString(CultureInfo.InvariantCulture)} more") + "; let the stage write another name, or promise the file without copying it and without OutputItemType"), file.Promise.Item);

    /// <summary>LNX2008: the builder left a process behind.</summary>
    public static Diagnostic LeftBehind(StageName stage, NextRun run, DeclaredItem item, Leftovers processes, string before, string? logFile, string? workspace) =>
        Error("LNX2008", $"stage '{stage}'{Which(run)} left {processes.Counted} behind, which could still have written: {processes.Listed}. "
            + "They were ended and the result is refused; let the builder wait for what it starts" + before + Traces(logFile, workspace), item);

    /// <summary>LNX2009: a stage that must exist has no result.</summary>
    public static Diagnostic MustExist(PlannedStage stage, string why) =>
        Error("LNX2009", $"stage '{stage.Name}' has MustExist=\"true\" and would have to run: {why}", stage.Item, "MustExist");

    /// <summary>LNX2010: the stage runs on another kind of machine only.</summary>
    public static Diagnostic OtherPlatform(PlannedStage stage, string here, string why = "the store has no result of it") =>
        Error("LNX2010", $"stage '{stage.Name}' runs on '{stage.Derivation.Platform}' only; this machine is '{here}', and {why}", stage.Item, "Platform");

    /// <summary>LNX2011, warnings: the result cannot be placed on every system. So many are told, and how many more there are.</summary>
    public static IEnumerable<Diagnostic> Names(PlannedStage stage, ImmutableArray<string> reasons)
    {
        const int shown = 20;
        return reasons.Take(shown).Concat(reasons.Length > shown ? [string.Create(CultureInfo.InvariantCulture, $"{reasons.Length - shown} more names are like that")] : [])
            .Select(reason => new Diagnostic("LNX2011", Severity.Warning, Visible.Text($"stage '{stage.Name}': {reason}; the result is kept, but cannot be placed on every system"), stage.Item));
    }

    /// <summary>LNX2012: two choices of one stage came to one project.</summary>
    public static Diagnostic TwoChoices(string project, StageName stage, ImmutableArray<ReferencedStage> referenced) =>
        new("LNX2012", Severity.Error, $"two choices of stage '{stage}' of '{project}' meet in this build: {string.Join(" and ", referenced.Select(Choice).Distinct(StringComparer.Ordinal))}. "
            + "MSBuild built that project twice, with different global properties, and results must not be mixed: let all references to it pass the same properties, or build again");

    /// <summary>LNX2012: a stage of another project is read, and that project chose nothing for it.</summary>
    public static Diagnostic NotChosenThere(PlannedStage stage, StageName input) =>
        Error("LNX2012", $"stage '{stage.Name}' reads '{input}', of which its own project chose nothing in this build; is LightnixStages set there? Let it be empty, or name '{input.Own}' too", stage.Item);

    /// <summary>LNX2012: what another project chose is not in the store of this one.</summary>
    public static Diagnostic NotInThisStore(PlannedStage stage, StageName input, ReferencedStage referenced, string store) =>
        Error("LNX2012", $"stage '{stage.Name}' reads '{input}', whose chosen result is not in the store '{store}'"
            + (referenced.Store == store ? "; build again" : $": its project uses '{referenced.Store}'. Let both projects use one, as by LightnixStore in a Directory.Build.props above them"), stage.Item);

    static string Choice(ReferencedStage stage) => stage.Choice is { } choice ? choice.Short : $"none of derivation {stage.Derivation!.Short}";

    /// <summary>LNX1005: a chosen result lacks what a stage reads of it, although a promise allowed it (a folder was promised, and a path below it is read).</summary>
    public static Diagnostic MissingInput(PlannedStage stage, MissingInputException missing) =>
        Error("LNX1005", $"stage '{stage.Name}' reads '{missing.Path}' of '{missing.Stage}', and the chosen result has none; promise it there, so that a result without it is broken", stage.Item);

    /// <summary>LNX1015: a tool whose identity counts is not on the path.</summary>
    public static Diagnostic MissingTool(PlannedStage stage, string tool) =>
        Error("LNX1015", $"stage '{stage.Name}' names the tool '{tool}', which is not on the path; install it, or take it out of Tools", stage.Item, "Tools");

    /// <summary>LNX5002: bubblewrap neither worked nor refused, so a stage does not run.</summary>
    /// <param name="why">As the end of a sentence.</param>
    internal static Diagnostic UndecidedSandbox(StageName stage, DeclaredItem item, string? why) =>
        Error("LNX5002", $"stage '{stage}' was not run, since it is not known whether there is a sandbox: {why}. Build again; LightnixSandbox=None runs builders without a sandbox", item);

    /// <summary>LNX2014: a build that may run nothing would have to run a stage, or could not build it.</summary>
    /// <param name="why">As a plan says it.</param>
    public static Diagnostic MayNotRun(StageName stage, DeclaredItem? item, string why) =>
        new("LNX2014", Severity.Error, $"stage '{stage}' is not up to date, and this build may run nothing: {why}", item);

    /// <summary>LNX1016: a value of a property that means nothing.</summary>
    /// <param name="name">The property, without <c>Lightnix</c>.</param>
    /// <param name="right">What it may be.</param>
    public static Diagnostic WrongSwitch(string name, string value, string right) =>
        new("LNX1016", Severity.Error, $"Lightnix{name} is '{value}'; it may be {right}");

    /// <summary>A store's refusal of what a run gave, at the stage that met it.</summary>
    public static Diagnostic Refused(PlannedStage stage, StoreException e, string? logFile, string? workspace) =>
        Error(e.Code, $"stage '{stage.Name}': {e.Message}{Traces(logFile, workspace)}", stage.Item);

    /// <summary>A store that is damaged, cannot lock (with its own code), or cannot be written or read (LNX3003), at the stage that met it.</summary>
    public static Diagnostic Store(PlannedStage stage, Exception e) => e is StoreException refused
        ? Refused(stage, refused, null, null)
        : Error("LNX3003", $"stage '{stage.Name}': the store could not be written or read: {e.Message}; {CureOf(e)}", stage.Item);

    /// <summary>What helps, where the error tells.</summary>
    internal static string CureOf(Exception e) => DiskProblem.Of(e) is { } cure ? $"{cure}, and build again" : "build again when that is put right";

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
