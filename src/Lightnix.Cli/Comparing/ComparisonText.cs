using Lightnix.Explaining;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A comparison for people: declarations first, then metrics, files and runs. Texts are compared line by line.</summary>
sealed class ComparisonText(Comparison comparison, Store store)
{
    const int MostFiles = 50;
    const int MostStages = 5;

    readonly CauseText _causes = new(store);

    public void Show()
    {
        Output.Line($"- {Named(comparison.Before)}");
        Output.Line($"+ {Named(comparison.Now)}");
        if (comparison.IsSame)
            Output.Line("same declaration, same inputs, same files");
        Show("declared", comparison.Declared);
        Show("seen by the builder", comparison.Seen);
        ShowUpstream();
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
        foreach (var line in causes.SelectMany(Lines))
            Output.Line($"  {line}");
    }

    // What changed further up says more than the lines that differ in an input.
    IEnumerable<string> Lines(Cause cause) =>
        cause.IsInput && !comparison.Upstream.IsEmpty && !Output.IsVerbose ? [cause.ToString()] : _causes.Lines(cause);

    void ShowUpstream()
    {
        if (comparison.Upstream.IsEmpty)
            return;
        Output.Line("changed further up:");
        foreach (var root in comparison.Upstream)
        {
            ImmutableArray<string> lines = [.. _causes.Lines(root.Cause!)];
            Output.Line($"  {Listed.First(MostStages, root.Stages.Select(s => s.ToString()))}: {lines[0]}");
            foreach (var line in lines.Skip(1))
                Output.Line($"  {line}");
        }
    }

    void ShowFiles()
    {
        if (comparison.Files.IsEmpty)
            return;
        Output.Line("files:");
        foreach (var line in comparison.Files.Take(MostFiles)
            .SelectMany(c => CauseText.Lines(c, f => Text(comparison.Before, f), f => Text(comparison.Now, f))))
            Output.Line($"  {line}");
        if (comparison.Files.Length > MostFiles)
            Output.Line($"  … and {comparison.Files.Length - MostFiles} more");
    }

    // Null of files that were collected, and of what is no text.
    string? Text(Comparand side, TreeEntry.File file) =>
        CauseText.TextOf(file.Path.Under(store.Trees.FolderOf(side.Tree!.Reference)));
}
