using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>
/// Finds files that would be copied to one place (LNX1014) where only the results show it: what is in a promised folder, and how many realizations were
/// chosen, no declaration says.
/// </summary>
static class TargetClashes
{
    public static IEnumerable<Diagnostic> Among(ImmutableArray<(StageName Stage, PromisedFile File)> files) =>
        Among(files, p => p.CopyToOutputDirectory).Concat(Among(files, p => p.CopyToPublishDirectory)).DistinctBy(d => (d.Item!.Ordinal, d.Message));

    static IEnumerable<Diagnostic> Among(ImmutableArray<(StageName Stage, PromisedFile File)> files, Func<Promise, string?> copy)
    {
        var copied = files.Where(f => CopyTargets.IsCopied(copy(f.File.Promise))).ToImmutableArray();
        var first = new SortedDictionary<RelativePath, (StageName Stage, PromisedFile File)>();
        foreach (var file in copied)
        {
            if (!first.TryAdd(file.File.TargetPath, file))
                yield return Clash(file, first[file.File.TargetPath]);
        }
        foreach (var file in copied)
        {
            for (var above = file.File.TargetPath.Parent; !above.IsRoot; above = above.Parent)
            {
                if (first.TryGetValue(above, out var inTheWay))
                    yield return Clash(file, inTheWay);
            }
        }
    }

    static Diagnostic Clash((StageName Stage, PromisedFile File) file, (StageName Stage, PromisedFile File) first) =>
        BuildErrors.EqualTargets(file.Stage, file.File, first.Stage, first.File);
}
