using Lightnix.Planning;
using Lightnix.Promises;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>LNX2001: results that break a promise.</summary>
public static class BrokenPromiseErrors
{
    const int MostReasons = 3;

    /// <summary>An error: no result of a stage keeps a promise.</summary>
    /// <param name="project">The project file, absolute: the cure may be copied into another folder.</param>
    /// <param name="reasons">What is wrong with them.</param>
    /// <param name="results">Those that break it.</param>
    /// <param name="kept">Of <see cref="Kept"/>; null if the error of another promise names the folder and the cure already.</param>
    /// <param name="misplaced">The builder wrote the file into its working folder.</param>
    public static Diagnostic OfResults(string project, PlannedStage stage, Promise promise,
        string reasons, IReadOnlyList<Judged> results, string? kept, bool misplaced = false)
    {
        var runs = results.Sum(r => r.Candidate.Runs.Length);
        var what = runs == results.Count ? "results" : $"distinct results of {runs} runs";
        var of = results.Count == 1 ? "" : $" in {results.Count} {what}";
        return Error(stage.Name, promise, $"{of}: {reasons}"
            + (misplaced ? $"; {RunErrors.Misplaced(promise.Path)}" : "")
            + (kept is null || misplaced ? "" : $". {kept}, and nothing runs again until something changes: "
                + CureOf(project, stage)));
    }

    /// <summary>Where the last of these results is; of a choice, the only or the best one.</summary>
    public static string Kept(IReadOnlyList<Judged> results, string folder) => results switch
    {
        [var result] => $"The result is kept in {folder}",
        [{ Candidate.Stage: { } stage }, ..] => $"That of {stage} is kept in {folder}",
        _ => $"The last one is kept in {folder}",
    };

    /// <summary>A warning: a run of this build breaks a promise, but the stage has another result.</summary>
    public static Diagnostic OfRun(StageName stage, int replicate, Verdict verdict) =>
        new("LNX2001", Severity.Warning,
            $"replicate {replicate} of {Broke(stage, verdict.Promise)}: {First(verdict.Broken)}; it is kept, and not chosen",
            verdict.Promise.Item);

    /// <summary>An error: what is pinned breaks a promise, which a lock file does not override.</summary>
    public static Diagnostic OfPin(StageName stage, Reference<Realization> pinned, Verdict verdict, string folder) =>
        Error(stage, verdict.Promise, $" in {pinned.Short}, which the lock file pins: {First(verdict.Broken)}. "
            + $"It is in {folder}; correct the promise, or choose again by a build without LightnixLockedMode");

    /// <summary>An error: what the last build chose breaks a promise as it is declared now.</summary>
    public static Diagnostic OfLastBuild(StageName stage, Promise promise, ImmutableArray<string> broken, string? folder) =>
        Error(stage, promise, $": {First(broken)}. It is what the last build chose, in {folder}: correct the promise, or build again");

    /// <summary>An error: no result that the last build could have chosen keeps a promise as it is declared now.</summary>
    /// <param name="project">As of <see cref="OfResults"/>.</param>
    public static Diagnostic OfUnchosen(
        string project, PlannedStage stage, Promise promise, ImmutableArray<string> broken, string? folder) =>
        Error(stage.Name, promise, $": {First(broken)}. No result keeps it, and nothing runs again until something changes; "
            + $"the last one is kept in {folder}: {CureOf(project, stage)}");

    /// <summary>Reasons of several results: each once, with the number of results where there are several reasons.</summary>
    public static string Reasons(ImmutableArray<Verdict> broken)
    {
        var reasons = broken.SelectMany(b => b.Broken.Distinct(StringComparer.Ordinal)).GroupBy(r => r, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ToList();
        var isAlone = broken.Length == 1 || reasons.Count == 1;
        var shown = reasons.Take(MostReasons).Select(g => isAlone ? g.Key : $"{g.Key} ({Results(g.Count())})");
        var more = reasons.Count - MostReasons;
        return string.Join("; ", shown) + (more <= 0 ? "" : $"; and {more} more {(more == 1 ? "reason" : "reasons")}");

        static string Results(int count) => $"{count} {(count == 1 ? "result" : "results")}";
    }

    static string CureOf(string project, PlannedStage stage) => stage.Derivation.Builder.Origin is { } origin
        ? $"correct the promise, or {origin}"
        : $"correct the promise, or what the stage makes, or make another run with {BuildErrors.RunAgain(project, stage.Name)}";

    static string Broke(StageName stage, Promise promise) => $"stage '{stage}' broke its promise '{promise.Path}'";

    static string First(ImmutableArray<string> broken) => Listed.First(MostReasons, broken, "; ");

    static Diagnostic Error(StageName stage, Promise promise, string rest) =>
        new("LNX2001", Severity.Error, Broke(stage, promise) + rest, promise.Item);
}
