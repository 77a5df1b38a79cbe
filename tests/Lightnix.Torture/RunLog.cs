using Lightnix.Model;
using Lightnix.Storage;

namespace Lightnix.Torture;

/// <summary>What builders reported outside of any store: when each began (<c>B</c>) and ended well (<c>E</c>), which run it was, and for
/// which worker.</summary>
sealed class RunLog
{
    readonly List<(bool Begins, string Run, string Worker, int Process)> _lines;

    public RunLog(string file) =>
        _lines = [.. File.ReadAllLines(file).Select(l => l.Split(' ')).Select(w => (w[0] == "B", w[1], w[2], int.Parse(w[3], null)))];

    /// <summary>How many runs ended well.</summary>
    public int Ended => _lines.Count(l => !l.Begins);

    /// <summary>Builders that have begun and not ended, with their workers.</summary>
    public IReadOnlyList<(string Run, string Worker, int Process)> Open()
    {
        var ended = _lines.Where(l => !l.Begins).Select(l => l.Process).ToHashSet();
        return [.. _lines.Where(l => l.Begins && !ended.Contains(l.Process)).Select(l => (l.Run, l.Worker, l.Process))];
    }

    /// <summary>
    /// No run twice at the same time, but for those of the dead. Attempts of one replicate (<paramref name="attempts"/>) look alike from
    /// outside.
    /// </summary>
    public void NoneTwiceAtOnce(IReadOnlySet<string> killed, IReadOnlySet<int> killedBuilders, Func<string, bool> attempts, Tally tally)
    {
        var open = new Dictionary<string, List<(string Worker, int Process)>>(StringComparer.Ordinal);
        foreach (var line in _lines.Where(l => !attempts(l.Run)))
        {
            if (!open.TryGetValue(line.Run, out var at))
                open.Add(line.Run, at = []);
            at.RemoveAll(o => killed.Contains(o.Worker) || killedBuilders.Contains(o.Process)
                || (!line.Begins && o.Process == line.Process));
            if (line.Begins)
            {
                tally.Expect(at.Count == 0 || killed.Contains(line.Worker),
                    $"{line.Run} ran for {line.Worker} while it ran for {string.Join(", ", at.Select(o => o.Worker))}");
                at.Add((line.Worker, line.Process));
            }
        }
    }

    /// <summary>
    /// Each run that ended well is in the store once; one whose worker was killed may be missing, and was then made again.
    /// </summary>
    /// <param name="recorded">How many runs the store has with a seed.</param>
    public void EachIsRecordedOnce(IReadOnlySet<string> killed, ILookup<int, Run> recorded, Tally tally)
    {
        foreach (var run in _lines.Where(l => !l.Begins).GroupBy(l => l.Run[(l.Run.IndexOf('=', StringComparison.Ordinal) + 1)..]))
        {
            var known = recorded[int.Parse(run.Key, null)].Count();
            var ofTheLiving = run.Count(l => !killed.Contains(l.Worker));
            var dead = run.Where(l => killed.Contains(l.Worker)).Select(l => l.Process).Distinct().Count();
            tally.Expect(ofTheLiving <= known && run.Count() - known <= dead,
                $"{run.First().Run} ended {run.Count()} times ({dead} for workers that were killed) and is recorded {known} times");
        }
    }

    /// <summary>Every run of a store. None is there twice.</summary>
    public static List<Run> Recorded(string store, Tally tally)
    {
        var all = new List<Run>();
        foreach (var history in Known(store))
        {
            foreach (var twice in history.Runs.GroupBy(r => (r.Facts.Replicate, r.Facts.Attempt)).Where(g => g.Count() > 1))
                tally.Lose($"replicate {twice.Key.Replicate}, attempt {twice.Key.Attempt} of {twice.First().Facts.Resolved} is recorded "
                    + $"{twice.Count()} times");
            all.AddRange(history.Runs);
        }
        return all;
    }

    /// <summary>All that a store knows.</summary>
    public static IReadOnlyList<History> Known(string store)
    {
        using var opened = Store.Open(store);
        return [.. Files.Names(Path.Combine(store, "resolved")).Select(Reference<Resolved>.Parse).Select(opened.Records.History)];
    }
}
