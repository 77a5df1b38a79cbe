using Lightnix.Explaining;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A comparison for people: declarations first, then metrics, files and runs. Texts are compared line by line.</summary>
sealed class ComparisonText(Comparison comparison, Store store)
{
    const long MostBytes = 1 << 20;
    const int MostFiles = 50;

    public void Show()
    {
        Output.Line($"- {Named(comparison.Before)}");
        Output.Line($"+ {Named(comparison.Now)}");
        if (comparison.IsSame)
            Output.Line("same declaration, same inputs, same files");
        Show("declared", comparison.Declared);
        Show("seen by the builder", comparison.Seen);
        if (comparison.Before.Metric is { } before && comparison.Now.Metric is { } now && before != now)
            Output.Line($"metric: {(before.Name == now.Name ? now.Name : $"{before.Name}, {now.Name}")} {before.Text} → {now.Text}");
        ShowFiles();
        Show("runs", comparison.Facts);
        if (comparison is { Before.Run: { Facts.Duration: var took }, Now.Run: { Facts.Duration: var takes } })
            Output.Line($"  took {Output.Took(took)} → {Output.Took(takes)}");
    }

    static string Named(Comparand side)
    {
        var reference = side.Realization?.Reference().Short ?? side.Derivation?.Reference().Short;
        var run = side.Run is { Facts: var facts }
            ? string.Create(CultureInfo.InvariantCulture, $", replicate {facts.Replicate} of {Output.When(facts.End)}") : "";
        return $"{side.Label} ({(side.Realization is null ? "derivation" : "realization")} {reference}{run})";
    }

    void Show(string title, ImmutableArray<Cause> causes)
    {
        if (causes.IsEmpty)
            return;
        Output.Line($"{title}:");
        foreach (var cause in causes)
            Show(cause);
    }

    void Show(Cause cause)
    {
        if (SourceTexts(cause.Field) is var (old, young))
            Show($"{cause.Field}:", TextDifference.Of(old, young));
        else if (cause is { Before: { } before, Now: { } now } && (before.Contains('\n') || now.Contains('\n')))
            Show($"{cause.Field}:", TextDifference.Of(before, now));
        else if (cause.Aspect is not null)
            Output.Line($"  {cause}");
        else
            Output.Line($"  {cause.Field}: {cause.Before ?? "(none)"} → {cause.Now ?? "(none)"}");
    }

    static void Show(string title, ImmutableArray<string> lines)
    {
        Output.Line($"  {title}");
        foreach (var line in lines)
            Output.Line($"    {line}");
    }

    // Sources of both runs that the store keeps.
    (string Before, string Now)? SourceTexts(string field)
    {
        const string prefix = "source ";
        if (!field.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        var path = field[prefix.Length..];
        return Text(comparison.Before, path) is { } old && Text(comparison.Now, path) is { } young && old != young ? (old, young) : null;
    }

    string? Text(Comparand side, string path) =>
        (side.Resolved?.Sources ?? side.Derivation?.Sources ?? []).FirstOrDefault(s => s.Path.ToString() == path) is { } source
            && store.Sources.FileOf(source.Content) is { } file ? TextOf(file) : null;

    void ShowFiles()
    {
        if (comparison.Files.IsEmpty)
            return;
        Output.Line("files:");
        foreach (var change in comparison.Files.Take(MostFiles))
            Show(change);
        if (comparison.Files.Length > MostFiles)
            Output.Line($"  … and {comparison.Files.Length - MostFiles} more");
    }

    void Show(FileChange change)
    {
        var path = change.Path.ToString();
        if (change is not { Before: TreeEntry.File before, Now: TreeEntry.File now })
        {
            Output.Line(change switch
            {
                { Before: null, Now: { } added } => $"  + {path}  {Size(added)}",
                { Before: { } removed, Now: null } => $"  - {path}  {Size(removed)}",
                _ => $"  {path}: {Size(change.Before!)} → {Size(change.Now!)}",
            });
            return;
        }
        if (before.Content == now.Content)
            Output.Line($"  {path}: {(now.Executable ? "is executable now" : "is not executable any more")}");
        else if (Text(comparison.Before, before) is { } old && Text(comparison.Now, now) is { } young)
            Show($"{path}:", TextDifference.Of(old, young));
        else
            Output.Line($"  {path}: {Size(before)} → {Size(now)}, other bytes");
    }

    static string Size(TreeEntry entry) => entry switch
    {
        TreeEntry.File file => Quantities.Text(file.Size),
        TreeEntry.Link link => $"link to {link.Target}",
        _ => "empty folder",
    };

    // Null of files that were collected, and of what is no text.
    string? Text(Comparand side, TreeEntry.File file)
    {
        try
        {
            return file.Size <= MostBytes && store.Trees.Contains(side.Tree!.Reference)
                ? TextOf(file.Path.Under(store.Trees.FolderOf(side.Tree.Reference))) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    static string? TextOf(string file)
    {
        var bytes = File.ReadAllBytes(file);
        return bytes.Length <= MostBytes && !bytes.AsSpan().Contains((byte)0) && System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes) : null;
    }
}
