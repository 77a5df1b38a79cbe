using Lightnix.Contracts;

namespace Lightnix.Promises;

/// <summary>One finite number in the invariant culture: the whole trimmed text of a file, or what a JSON pointer names in it.</summary>
internal static class NumberContent
{
    /// <summary>The longest text of a number, in bytes: large files are not read.</summary>
    const int MaxSize = 4096;

    public static IEnumerable<string> Problems(Promise promise, TreeEntry.File file, IResultFiles result)
    {
        var reading = Read(promise.Path, promise.Pointer, file, result);
        var name = new Metric(promise.Path, promise.Pointer);
        if (reading.Problem is { } problem)
            yield return problem;
        if (reading.Value < promise.Min)
            yield return Beyond("less than Min", promise.Min.Value);
        if (reading.Value > promise.Max)
            yield return Beyond("more than Max", promise.Max.Value);

        string Beyond(string relation, double limit)
        {
            var (found, wanted) = Figure.Pair(reading.Text!, Quoted.Number(limit));
            return $"{name} is {Quoted.Text(found)}, {relation} {wanted}";
        }
    }

    /// <param name="path">As it was promised, for messages.</param>
    public static MetricReading Read(RelativePath path, string? pointer, TreeEntry.File file, IResultFiles result) =>
        pointer is null ? Whole(path, file, result) : JsonContent.Number(new(path, pointer), file, result);

    /// <summary>A finite number, without separators of thousands.</summary>
    public static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value) && !text.Contains('\0', StringComparison.Ordinal);

    static MetricReading Whole(RelativePath path, TreeEntry.File file, IResultFiles result)
    {
        if (file.Size > MaxSize)
            return MetricReading.Unreadable($"{path} has {Quoted.Count(file.Size, "byte")}, too many for one number");
        string text;
        try
        {
            // Editors and programs on Windows write a byte order mark.
            using var reader = new StreamReader(result.Open(file), new UTF8Encoding(true, throwOnInvalidBytes: true),
                detectEncodingFromByteOrderMarks: false);
            text = reader.ReadToEnd().Trim();
        }
        catch (DecoderFallbackException)
        {
            return MetricReading.Unreadable($"{path} is not UTF-8 text, so it is not one number");
        }
        return text.Length == 0 ? MetricReading.Unreadable($"{path} is blank where one finite number should be")
            : TryParse(text, out var value) ? new(value, text, null)
            : MetricReading.Unreadable($"{path} is \"{Quoted.Text(text)}\", which is not one finite number");
    }
}
