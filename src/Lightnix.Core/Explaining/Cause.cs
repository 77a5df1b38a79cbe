namespace Lightnix.Explaining;

/// <summary>A field of a record that is not what it was.</summary>
/// <param name="Field">As <c>Command</c>, <c>parameter rate</c> or <c>source a.csv</c>.</param>
/// <param name="Before">Its former value; null if the field is new.</param>
/// <param name="Now">Its value now; null if the field is gone.</param>
public sealed record Cause(string Field, string? Before, string? Now)
{
    /// <summary>An <see cref="Aspect"/>.</summary>
    public const string Content = "content", Version = "version";

    /// <summary>The beginning of a <see cref="Field"/>.</summary>
    public const string Source = "source ", Input = "input ", Tool = "tool ", Parameter = "parameter ";

    const int LongestQuote = 60;
    const int MostFiles = 3;

    /// <summary>What changed, where the values are hashes: <c>content</c>, <c>version</c>; null if the values say it.</summary>
    public string? Aspect { get; init; }

    /// <summary>Of an input that is a folder: what differs in it, as far as its listings are known.</summary>
    public ImmutableArray<FileChange> Files { get; init; } = [];

    /// <summary>Of a source: where its present content is, absolute; null where that is not known.</summary>
    public string? File { get; init; }

    /// <summary>True of a parameter: people look for these first.</summary>
    public bool IsParameter => Field.StartsWith(Parameter, StringComparison.Ordinal);

    /// <summary>True of what an input gives: another stage may be the reason.</summary>
    public bool IsInput => Field.StartsWith(Input, StringComparison.Ordinal);

    /// <summary>A few words for people, as <c>parameter rate 0.1 → 0.05</c>.</summary>
    public string Brief => Aspect is null && IsQuoted ? $"{Field} {Before} → {Now}" : ToString();

    /// <summary>True where both values are short texts.</summary>
    public bool IsQuoted => IsShort(Before) && IsShort(Now);

    /// <summary>The path of a source or an input; null of anything else.</summary>
    public string? Path => Rest(Source) ?? Rest(Input);

    /// <summary>A sentence for people.</summary>
    public override string ToString() => this switch
    {
        { Before: null } => $"{Field} is new",
        { Now: null } => $"{Field} is gone",
        { Files.IsEmpty: false } => $"{Field} changed ({Aspect} of {Listed.First(MostFiles, Files.Select(f => f.Path.ToString()))})",
        { Aspect: { } aspect } => $"{Field} changed ({aspect})",
        { IsQuoted: true } => $"{Field} was '{Before}' and is '{Now}'",
        _ => $"{Field} changed",
    };

    /// <summary>True where the other one has the same values, whatever stage it is of.</summary>
    public bool IsSame(Cause other) => (Field, Before, Now) == (other.Field, other.Before, other.Now);

    public JsonValue.Object ToJson() => JsonValue.Object.Empty.With("field", Field)
        .WithOptional("before", Before).WithOptional("now", Now).WithOptional("aspect", Aspect)
        .WithOptional("files", Files.Select(f => f.ToJson())).WithOptional("file", File);

    /// <exception cref="FormatException">A member is missing or has another kind.</exception>
    public static Cause FromJson(JsonValue.Object json) =>
        new(json.Text("field"), json.OptionalText("before"), json.OptionalText("now"))
        {
            Aspect = json.OptionalText("aspect"),
            Files = [.. json.OptionalObjects("files").Select(FileChange.FromJson)],
            File = json.OptionalText("file"),
        };

    internal string? Rest(string prefix) => Field.StartsWith(prefix, StringComparison.Ordinal) ? Field[prefix.Length..] : null;

    static bool IsShort(string? text) => text is { Length: <= LongestQuote } && !text.Contains('\n', StringComparison.Ordinal);
}
