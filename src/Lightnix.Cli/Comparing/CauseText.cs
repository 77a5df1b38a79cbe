using Lightnix.Explaining;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A cause for people: both values, or the lines that differ in a text.</summary>
sealed class CauseText(Store store)
{
    const long MostBytes = 1 << 20;
    const int MostFiles = 20;
    const int MostLines = 40;

    /// <summary>Lines with a title first; the rest is indented.</summary>
    public IEnumerable<string> Lines(Cause cause)
    {
        if (Texts(cause) is var (before, now))
            return Difference(cause.Field, before, now);
        return cause.Files.IsEmpty ? [Line(cause)] : Files(cause).Prepend($"{cause.Field} ({cause.Aspect}):");
    }

    /// <summary>The lines that differ in a text; empty where the values are short, or no text is known.</summary>
    public ImmutableArray<string> Difference(Cause cause) => Texts(cause) is var (before, now) ? TextDifference.Of(before, now) : [];

    /// <summary>How two entries of a tree differ: a difference of texts, else sizes.</summary>
    public static IEnumerable<string> Lines(FileChange change, Func<TreeEntry.File, string?> before, Func<TreeEntry.File, string?> now)
    {
        var path = change.Path.ToString();
        return change switch
        {
            { Before: null, Now: { } added } => [$"+ {path}  {Size(added)}"],
            { Before: { } removed, Now: null } => [$"- {path}  {Size(removed)}"],
            { Before: TreeEntry.File old, Now: TreeEntry.File young } when old.Content == young.Content =>
                [$"{path}: {(young.Executable ? "is executable now" : "is not executable any more")}"],
            { Before: TreeEntry.File old, Now: TreeEntry.File young } when before(old) is { } a && now(young) is { } b =>
                Difference(path, a, b),
            { Before: TreeEntry.File old, Now: TreeEntry.File young } => [$"{path}: {Size(old)} → {Size(young)}, other bytes"],
            _ => [$"{path}: {Size(change.Before!)} → {Size(change.Now!)}"],
        };
    }

    /// <summary>The text of a stored content; null where it is not stored, is long, or is no text.</summary>
    public string? TextOf(Digest content) => store.Sources.FileOf(content) is { } file ? TextOf(file) : null;

    /// <summary>The text of a file; null where it is long, or no text.</summary>
    public static string? TextOf(string file)
    {
        try
        {
            if (new FileInfo(file).Length > MostBytes)
                return null;
            var bytes = File.ReadAllBytes(file);
            return !bytes.AsSpan().Contains((byte)0) && System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    static string Line(Cause cause) => cause.Aspect is not null ? cause.ToString()
        : $"{cause.Field}: {cause.Before ?? "(none)"} → {cause.Now ?? "(none)"}";

    static IEnumerable<string> Difference(string title, string before, string now) =>
        Cut(TextDifference.Of(before, now)).Select(l => $"  {l}").Prepend($"{title}:");

    static IEnumerable<string> Cut(ImmutableArray<string> lines) => Output.IsVerbose || lines.Length <= MostLines ? lines
        : lines.Take(MostLines).Append($"… {Cell.Text(lines.Length - MostLines)} more lines (--verbose shows all)");

    IEnumerable<string> Files(Cause cause)
    {
        var shown = cause.Files.Take(MostFiles).SelectMany(f => Lines(f, e => TextOf(e.Content), e => TextOf(e.Content)))
            .Select(l => $"  {l}");
        return cause.Files.Length <= MostFiles ? shown : shown.Append($"  … and {cause.Files.Length - MostFiles} more");
    }

    // Of a command, or of a source or a file whose bytes the store keeps.
    (string Before, string Now)? Texts(Cause cause) => cause switch
    {
        { Before: not { } } or { Now: not { } } => null,
        { Path: { }, Aspect: Cause.Content } => Contents(cause),
        { Aspect: null } when cause.Before!.Contains('\n') || cause.Now!.Contains('\n') || !cause.IsQuoted => (cause.Before, cause.Now!),
        _ => null,
    };

    (string Before, string Now)? Contents(Cause cause) =>
        Digest.TryParse(cause.Before!, out var before) && Digest.TryParse(cause.Now!, out var now)
        && TextOf(before) is { } old && (cause.File is null ? TextOf(now) : TextOf(cause.File)) is { } young && old != young
            ? (old, young) : null;

    static string Size(TreeEntry entry) => entry switch
    {
        TreeEntry.File file => Quantities.Text(file.Size),
        TreeEntry.Link link => $"link to {link.Target}",
        _ => "empty folder",
    };
}
