using Lightnix.Contracts;

namespace Lightnix.Promises;

/// <summary>Gives verdicts, and reads metrics.</summary>
public static class PromiseCheck
{
    /// <summary>All promises of a result, in the order given, each with every reason for which it is broken.</summary>
    public static ImmutableArray<Verdict> Check(IEnumerable<Promise> promises, IResultFiles result) =>
        [.. promises.Select(p => new Verdict(p, [.. Problems(p, result).Distinct(StringComparer.Ordinal)]))];

    /// <summary>Reads a metric: one finite number in the invariant culture.</summary>
    public static MetricReading Read(Metric metric, IResultFiles result) => result.Tree.Follow(metric.File) switch
    {
        null => MetricReading.Unreadable(Missing.Sentence(metric.File, result.Tree)),
        var path when result.Tree.Find(path) is TreeEntry.File file => NumberContent.Read(metric.File, metric.Pointer, file, result),
        _ => MetricReading.Unreadable($"{metric.File} is a folder, not a file"),
    };

    static IEnumerable<string> Problems(Promise promise, IResultFiles result)
    {
        if (result.Tree.Follow(promise.Path) is not { } path)
            return [Missing.Sentence(promise.Path, result.Tree)];
        var file = result.Tree.Find(path) as TreeEntry.File;
        return ListingCheck.Problems(promise, path, file, result.Tree)
            .Concat(file is null ? [] : Contents(promise).SelectMany(read => read(promise, file, result)));
    }

    /// <summary>What of a promise is decided by reading the file.</summary>
    static IEnumerable<Func<Promise, TreeEntry.File, IResultFiles, IEnumerable<string>>> Contents(Promise promise)
    {
        if (promise.Type == PromiseType.Text)
            yield return TextContent.Problems;
        if (promise.Type == PromiseType.Json)
            yield return JsonContent.Problems;
        if (promise.Type == PromiseType.Csv || !promise.Columns.IsEmpty || promise.MinRows is not null)
            yield return CsvContent.Problems;
        if (promise.Type == PromiseType.Zip)
            yield return ZipContent.Problems;
        if (promise.Type == PromiseType.Number || promise.Min is not null || promise.Max is not null || promise.Pointer is not null)
            yield return NumberContent.Problems;
    }
}
