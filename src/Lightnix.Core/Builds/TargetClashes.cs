using Lightnix.Planning;
using Lightnix.Queries;

namespace Lightnix.Builds;

/// <summary>Finds files that would be copied to one place (LNX1014) where only the results show it: what is in a promised folder, how many
/// realizations were chosen, and what other projects copy, no declaration says.</summary>
public static class TargetClashes
{
    internal static IEnumerable<Diagnostic> Among(ImmutableArray<(StageName Stage, PromisedFile File)> files) =>
        Among(files, p => p.CopyToOutputDirectory).Concat(Among(files, p => p.CopyToPublishDirectory))
            .DistinctBy(d => (d.Item!.Ordinal, d.Message));

    /// <summary>Clashes of several projects in the output of one that references them: an error for each two stages. Each project reports
    /// the clashes of its own files.</summary>
    /// <param name="project">Whose output it is: a file, absolute.</param>
    /// <param name="files">A file that comes by two ways is no clash.</param>
    public static IEnumerable<Diagnostic> Among(string project, ImmutableArray<CopiedFile> files) =>
        Pairs(files.Where(f => CopyTargets.IsCopied(f.CopyToOutputDirectory)), f => f.TargetPath)
            .Concat(Pairs(files.Where(f => CopyTargets.IsCopied(f.CopyToPublishDirectory)), f => f.TargetPath))
            .Where(pair => pair.File.File != pair.First.File && pair.File.Project != pair.First.Project)
            .DistinctBy(pair => (pair.File.Project, pair.File.Stage, pair.First.Project, pair.First.Stage))
            .Select(pair => PublicationErrors.EqualTargets(project, pair.File, pair.First));

    static IEnumerable<Diagnostic> Among(ImmutableArray<(StageName Stage, PromisedFile File)> files, Func<Promise, string?> copy) =>
        Pairs(files.Where(f => CopyTargets.IsCopied(copy(f.File.Promise))), f => f.File.TargetPath)
            .Select(pair => PublicationErrors.EqualTargets(pair.File.Stage, pair.File.File, pair.First.Stage, pair.First.File));

    static IEnumerable<(T File, T First)> Pairs<T>(IEnumerable<T> files, Func<T, RelativePath> target)
    {
        var copied = files.ToImmutableArray();
        var first = new SortedDictionary<RelativePath, T>();
        foreach (var file in copied)
        {
            if (!first.TryAdd(target(file), file))
                yield return (file, first[target(file)]);
        }
        foreach (var file in copied)
        {
            for (var above = target(file).Parent; !above.IsRoot; above = above.Parent)
            {
                if (first.TryGetValue(above, out var inTheWay))
                    yield return (file, inTheWay);
            }
        }
    }
}
