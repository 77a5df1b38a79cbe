using Lightnix.Contracts;

namespace Lightnix.Realizing;

/// <summary>How far several results are from the number that a promise wants.</summary>
/// <param name="Text">As <c>the best is 0.8991 (replicate 7), 0.0009 less than Min 0.9; the others have 0.895, 0.8912 and 9
/// more</c>.</param>
sealed record Shortfall(string Text, Judged Best)
{
    const int MostOthers = 4;

    /// <summary>Null where the promise wants no number, or no result has one.</summary>
    public static async ValueTask<Shortfall?> OfAsync(
        Promise promise, IReadOnlyList<Judged> results, IJudge judge, CancellationToken cancellationToken)
    {
        if (promise.Min is null && promise.Max is null)
            return null;
        var found = new List<(Judged Result, double Value)>();
        foreach (var result in results)
        {
            var question = new Question.Measures(result.Tree, new(promise.Path, promise.Pointer));
            if (await judge.AnswerAsync(question, cancellationToken).ConfigureAwait(false) is Answer.Number { Value: { } value })
                found.Add((result, value));
        }
        if (found.Count == 0)
            return null;
        var sorted = found.OrderBy(f => Distance(promise, f.Value)).ThenBy(f => Replicate(f.Result)).ToList();
        var unknown = results.Count - found.Count;
        var text = Nearest(promise, sorted[0].Result, sorted[0].Value)
            + (sorted.Count == 1 ? "" : $"; the others have {Listed.First(MostOthers, sorted.Skip(1).Select(f => Figure.Of(f.Value)))}")
            + (unknown == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {unknown} {(unknown == 1 ? "has" : "have")} no number"));
        return new(text, sorted[0].Result);
    }

    static string Nearest(Promise promise, Judged result, double value)
    {
        var isBelow = value < promise.Min;
        var limit = isBelow ? promise.Min!.Value : promise.Max ?? value;
        var (found, wanted) = Figure.Pair(AllDigits(value), AllDigits(limit));
        return string.Create(CultureInfo.InvariantCulture, $"the best is {found} ({NameOf(result)}), "
            + $"{Figure.Of(Distance(promise, value))} {(isBelow ? "less than Min" : "more than Max")} {wanted}");
    }

    static double Distance(Promise promise, double value) =>
        value < promise.Min ? promise.Min.Value - value : value > promise.Max ? value - promise.Max.Value : 0;

    static string NameOf(Judged result) => result.Candidate.Stage is { } stage ? $"{stage}" : $"replicate {Replicate(result)}";

    static int Replicate(Judged result) => result.Candidate.Runs.Min(r => r.Replicate);

    static string AllDigits(double value) => value.ToString(CultureInfo.InvariantCulture);
}
