using System.CommandLine.Completions;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What a shell may complete: stages of the projects here, and references.</summary>
static class Completions
{
    // More would fill a screen.
    const int Most = 50;

    public static IEnumerable<CompletionItem> Of(CompletionContext completion)
    {
        try
        {
            using var context = CommandContext.Open(completion.ParseResult);
            var names = Names(context, completion.WordToComplete).Distinct(StringComparer.Ordinal);
            return [.. names.Take(Most).Select(n => new CompletionItem(n))];
        }
        catch (Exception e) when (e is MistakeException or StoreException or IOException or UnauthorizedAccessException)
        {
            // A shell has no place for what is wrong.
            return [];
        }
    }

    static IEnumerable<string> Names(CommandContext context, string word)
    {
        var mine = context.Mine();
        var stages = mine.SelectMany(r => r.Stages.Keys.Concat(r.Pending.Keys).Concat(r.NotBuilt.Keys))
            .Where(s => s.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);
        var others = context.Store.Roots.Readable()
            .SelectMany(r => r.Stages.Keys.Select(s => $"{Path.GetFileNameWithoutExtension(r.Project)}:{s}"))
            .Where(s => word.Contains(':', StringComparison.Ordinal) && s.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        return stages.Concat(others).Concat(new StoreIndex(context.Store).Find(word).Select(f => f.Digest.ToString()));
    }
}
