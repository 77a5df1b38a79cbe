using System.Collections.Immutable;
using Lightnix.Matching;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Promises;
using Lightnix.Running;

namespace Lightnix.Realizing;

/// <summary>Turns the history of a resolved derivation into candidates: gives the verdicts of a stage's promises and reads its metric, once for each tree.</summary>
public sealed class Judge(PlannedStage stage, IResults results)
{
    readonly Dictionary<Reference<Tree>, (ImmutableArray<Verdict> Verdicts, MetricReading? Metric, string? Gone)> _seen = [];

    /// <summary>Every realization of a history, sorted by reference.</summary>
    public ImmutableArray<Judged> Candidates(History history)
    {
        var rejected = history.Rejections.GroupBy(r => r.Realization).ToDictionary(g => g.Key, g => g.MaxBy(r => r.When)!.Reason);
        var replicates = history.Runs.ToLookup(r => r.Facts.Replicate);
        return [.. history.Runs.GroupBy(r => r.Tree).Select(g => Candidate(g.Key, [.. g], rejected, replicates)).OrderBy(c => c.Candidate.Realization)];
    }

    Judged Candidate(Reference<Tree> tree, ImmutableArray<Run> runs, Dictionary<Reference<Realization>, string> rejected, ILookup<int, Run> replicates)
    {
        if (!_seen.TryGetValue(tree, out var seen))
            _seen.Add(tree, seen = See(tree));
        var realization = runs[0].Realization;
        var other = Other(tree, runs, replicates);
        var broken = seen.Verdicts.Where(v => !v.IsKept).ToImmutableArray();
        return new(
            new Candidate(
                realization,
                [.. runs.Select(r => new RunMark(r.Facts.Replicate, r.Facts.Attempt, r.Facts.Order)).OrderBy(m => m.Replicate).ThenBy(m => m.Attempt)],
                KeepsPromises: broken.IsEmpty && seen.Gone is null,
                seen.Metric?.Value,
                seen.Metric?.Text,
                (other is null ? seen.Gone : FormattableString.Invariant($"it was collected from the store, and attempt {other.Facts.Attempt} of replicate {other.Facts.Replicate} gave another result")) ?? broken.SelectMany(v => v.Broken).FirstOrDefault() ?? seen.Metric?.Problem,
                rejected.GetValueOrDefault(realization),
                Lost: other is not null),
            tree,
            broken);
    }

    // What shows that a collected tree does not come back: its replicate, run again since, gave another. Told by the records alone, so that no build tries again
    // what an earlier one tried in vain; a tree that is back is chosen as before.
    Run? Other(Reference<Tree> tree, ImmutableArray<Run> runs, ILookup<int, Run> replicates)
    {
        var (replicate, last) = (runs.Min(r => r.Facts.Replicate), runs.Max(r => r.Facts.Order));
        var other = replicates[replicate].FirstOrDefault(r => r.Tree != tree && r.Facts.Order > last);
        return other is null || results.Contains(tree) ? null : other;
    }

    (ImmutableArray<Verdict>, MetricReading?, string?) See(Reference<Tree> reference)
    {
        if (results.Find(reference) is not { } tree)
            return ([], null, "its listing is gone from the store");
        var metric = stage.Matcher.Metric;
        if (stage.Promises.IsEmpty && metric is null)
            return ([], null, null);
        var files = results.Open(tree);
        try
        {
            return ([.. stage.Promises.Select(p => Check(p, files))], metric is null ? null : Read(metric, files), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // An evicted tree: what its promises or its metric would be read from was collected with it.
            return ([], null, "its files were collected from the store");
        }
    }

    // What takes long to read is read once: the same promise has the same verdict on the same tree for ever.
    Verdict Check(Promise promise, IResultFiles files)
    {
        try
        {
            if (promise.IsDecidedByListing || SizeOf(files.Tree, promise.Path) < WorthRemembering)
                return PromiseCheck.Check([promise], files)[0];
            var key = PromiseKey.Of(promise);
            if (results.Remembered(files.Tree.Reference, key) is { } broken)
                return new(promise, broken);
            var verdict = PromiseCheck.Check([promise], files)[0];
            results.Remember(files.Tree.Reference, key, verdict.Broken);
            return verdict;
        }
        catch (Exception e) when (IsOfContent(e))
        {
            return new(promise, [$"{promise.Path} cannot be checked: {Thrown(e)}"]);
        }
    }

    static MetricReading Read(Metric metric, IResultFiles files)
    {
        try
        {
            return PromiseCheck.Read(metric, files);
        }
        catch (Exception e) when (IsOfContent(e))
        {
            return new(null, null, $"{metric} cannot be read: {Thrown(e)}");
        }
    }

    // Builders feed parsers. What one of them throws is a verdict on the file, unless the store or a cancelled build is the reason.
    static bool IsOfContent(Exception e) => !RunErrors.IsOfStore(e) && e is not OperationCanceledException;

    static string Thrown(Exception e) => $"{Visible.Cut(e.Message, 300)} ({e.GetType().Name})";

    static long SizeOf(Tree tree, RelativePath path) => tree.Follow(path) is { } real && tree.Find(real) is TreeEntry.File file ? file.Size : 0;

    const long WorthRemembering = 1 << 20;
}

/// <summary>A candidate with what made it so.</summary>
/// <param name="Broken">Verdicts of the promises that it breaks.</param>
public sealed record Judged(Candidate Candidate, Reference<Tree> Tree, ImmutableArray<Verdict> Broken);
