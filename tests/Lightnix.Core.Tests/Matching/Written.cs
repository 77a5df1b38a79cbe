using System.Text.RegularExpressions;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Matching;

/// <summary>
/// A matcher, a history and a decision, written so that a table of cases can be read.
/// A history: runs in the order in which they were made, each a tree (<c>0</c> to <c>f</c>: all digits of its reference) and a replicate,
/// with <c>.2</c> the attempt, <c>=0.9</c> the metric, <c>!</c> breaks a promise, <c>?</c> has no readable metric, <c>x</c> is rejected;
/// <c>-3</c>: replicate 3 failed in this build.
/// </summary>
static partial class Written
{
    [GeneratedRegex(@"^(?<tree>[0-9a-f])(?<replicate>\d+)(\.(?<attempt>\d+))?(=(?<metric>[-\d.]+))?(?<mark>[!?x])?$")]
    private static partial Regex RunText { get; }

    public static Matcher Matcher(string text)
    {
        var words = text.Split(' ');
        var values = words.Skip(1).Where(w => w.Contains('=', StringComparison.Ordinal))
            .ToImmutableSortedDictionary(w => w.Split('=')[0], w => w.Split('=')[1], StringComparer.Ordinal);
        var select = Enum.Parse<Select>(words[0]);
        var take = Number(values, "Take") ?? (select == Select.Quorum ? 2 : 1);
        var atLeast = Number(values, "AtLeast") ?? (select is Select.All or Select.Only ? 1 : take);
        return new()
        {
            Select = select,
            Take = take,
            AtLeast = atLeast,
            AtMost = Number(values, "AtMost") ?? (select == Select.Quorum ? 2 * take - 1 : Math.Max(atLeast, take)),
            LowestIsBest = words.Contains("Lowest", StringComparer.Ordinal),
            Metric = select is Select.Best or Select.Median ? new(RelativePath.Parse("accuracy.txt"), null) : null,
            Realizations = [.. values.GetValueOrDefault("Realizations", "").Split(',', StringSplitOptions.RemoveEmptyEntries)],
        };
    }

    public static (ImmutableArray<Candidate> Candidates, ImmutableHashSet<NextRun> Failed) History(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var failed = words.Where(w => w[0] == '-').Select(w => w[1..].Split('.'))
            .Select(w => new NextRun(Number(w[0]), w.Length > 1 ? Number(w[1]) : 1));
        var runs = words.Where(w => w[0] != '-').Select((w, order) => (Match: RunText.Match(w), Order: order + 1)).ToArray();
        Assert.All(runs, r => Assert.True(r.Match.Success, text));
        return ([.. runs.GroupBy(r => r.Match.Groups["tree"].Value).Select(Candidate)], [.. failed]);
    }

    public static Reference<Realization> Tree(char name) => new(Digest.Parse(new string(name, 64)));

    public static string Decision(Decision decision) => decision switch
    {
        Decision.Selected s => $"select {string.Join(' ', s.Realizations.Select(r => r.ToString()[0]))}",
        Decision.RunMore m =>
            $"run {string.Join(' ', m.Runs.Select(r => r.Attempt == 1 ? $"{r.Replicate}" : $"{r.Replicate}.{r.Attempt}"))}",
        _ => "fail",
    };

    public static Decision Decide(string matcher, string history)
    {
        var (candidates, failed) = History(history);
        return MatcherKinds.Decide(Matcher(matcher), candidates, failed);
    }

    static Candidate Candidate(IGrouping<string, (Match Match, int Order)> runs)
    {
        var marks = string.Concat(runs.Select(r => r.Match.Groups["mark"].Value));
        var metric = runs.Select(r => r.Match.Groups["metric"].Value).FirstOrDefault(m => m.Length > 0);
        return new(
            Tree(runs.Key[0]),
            [.. runs.Select(r => new RunMark(Number(r.Match.Groups["replicate"].Value),
                r.Match.Groups["attempt"] is { Success: true } a ? Number(a.Value) : 1, r.Order))],
            KeepsPromises: !marks.Contains('!', StringComparison.Ordinal),
            Metric: metric is null ? null : double.Parse(metric, CultureInfo.InvariantCulture),
            MetricText: metric,
            Ineligible: marks.Contains('?', StringComparison.Ordinal) ? "accuracy.txt is 'n/a', which is not one finite number" : null)
        {
            Rejection = marks.Contains('x', StringComparison.Ordinal) ? "no good" : null,
        };
    }

    static int? Number(ImmutableSortedDictionary<string, string> values, string name) =>
        values.TryGetValue(name, out var text) ? Number(text) : null;

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
