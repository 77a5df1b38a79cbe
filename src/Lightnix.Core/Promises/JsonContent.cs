using Lightnix.Contracts;

namespace Lightnix.Promises;

internal static class JsonContent
{
    /// <summary>Larger documents are checked as they stream by: their grammar, not whether a member stands twice. Pointers are not followed
    /// into them. In memory a document takes up to fifty times as much as in its file.</summary>
    const long MaxInMemory = 16 << 20;

    public static IEnumerable<string> Problems(Promise promise, TreeEntry.File file, IResultFiles result)
    {
        var problem = file.Size > MaxInMemory ? StreamProblem(file, result) : Parse(file, result).Problem;
        return problem is null ? [] : [NotJson(promise.Path, problem)];
    }

    public static MetricReading Number(Metric metric, TreeEntry.File file, IResultFiles result)
    {
        if (!JsonPointer.TryParse(metric.Pointer!, out var pointer))
            return MetricReading.Unreadable($"\"{metric.Pointer}\" is not a JSON pointer: it begins with '/', and '~' is written '~0'");
        if (file.Size > MaxInMemory)
            return MetricReading.Unreadable(
                $"{metric.File} has {Quoted.Count(file.Size, "byte")}; pointers are followed in files of at most {MaxInMemory}");
        var (document, problem) = Parse(file, result);
        if (document is null)
            return MetricReading.Unreadable(NotJson(metric.File, problem!));
        return pointer.Find(document) switch
        {
            null => MetricReading.Unreadable($"{metric.File} has nothing at {metric.Pointer}{Beside(metric.Pointer!, document)}"),
            JsonValue.Number number when NumberContent.TryParse(number.Text, out var value) => new(value, number.Text, null),
            var other => MetricReading.Unreadable($"{metric} is {Kind(other)}, which is not one finite number"),
        };
    }

    static (JsonValue? Document, string? Problem) Parse(TreeEntry.File file, IResultFiles result)
    {
        using var content = result.Open(file);
        var bytes = new byte[file.Size];
        content.ReadExactly(bytes);
        return JsonReader.TryParse(WithoutMark(bytes), out var document, out var problem) ? (document, null) : (null, problem);
    }

    static string? StreamProblem(TreeEntry.File file, IResultFiles result)
    {
        using var content = new Utf8Stream(result.Open(file));
        var syntax = JsonSyntax.Of(content);
        return content.Problem is { } problem ? "it " + problem : syntax.Problem?.Message;
    }

    // Editors and programs on Windows write one. RFC 8259 lets readers ignore it, as the readers of numbers, texts and tables here do.
    static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? utf8["\uFEFF"u8.Length..] : utf8;

    static string NotJson(RelativePath path, string problem) => $"{path} is not JSON: {Quoted.Reason(problem)}";

    static string Beside(string pointer, JsonValue document) =>
        JsonPointer.TryParse(pointer[..Math.Max(0, pointer.LastIndexOf('/'))], out var parent)
            && parent.Find(document) is JsonValue.Object { Members.Count: > 0 } beside
            ? $"; beside it is {Quoted.Names(beside.Members.Keys.Order(StringComparer.Ordinal))}"
            : "";

    static string Kind(JsonValue value) => value switch
    {
        JsonValue.String s => $"the text \"{Quoted.Text(s.Value)}\"",
        JsonValue.Number n => Quoted.Text(n.Text),
        JsonValue.Boolean b => b.Value ? "true" : "false",
        JsonValue.Array => "an array",
        JsonValue.Object => "an object",
        _ => "null",
    };
}
