using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Compares all runs of one resolved derivation, byte for byte. A file is read up to its first difference.</summary>
public sealed class VarianceQuery(Store store)
{
    const int BufferSize = 1 << 16;

    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public Variance Of(Reference<Resolved> resolved)
    {
        var history = store.Records.History(resolved);
        var made = history.Runs.Where(r => r.Adopted is null).OrderBy(r => r.Facts.Order).ThenBy(r => r.Reference()).ToImmutableArray();
        ImmutableArray<SeedGroup> groups =
        [
            .. made.Where(r => r.Facts.Resumed is null).GroupBy(r => r.Facts.Seed).OrderBy(g => g.Min(r => r.Facts.Replicate))
                .Select(g => new SeedGroup(g.Key, [.. g])),
        ];
        var (files, same) = Compare(groups);
        return new(
            resolved,
            history.Facts.MaxBy(f => f.Order) is { } newest ? store.Records.Find(newest.Derivation)?.Name.ToString() : null,
            groups,
            [.. made.Where(r => r.Facts.Resumed is not null)],
            history.Runs.Length - made.Length,
            files,
            same);
    }

    (ImmutableArray<VaryingFile> Files, int Same) Compare(ImmutableArray<SeedGroup> groups)
    {
        var trees = groups.SelectMany(g => g.Runs).Select(r => r.Tree).Distinct().Select(store.Trees.Find).OfType<Tree>()
            .ToImmutableDictionary(t => t.Reference);
        if (trees.Count < 2)
            return ([], trees.Values.Sum(t => t.Entries.Length));
        // Runs without a listing are left out: nothing is known of their files.
        ImmutableArray<SeedGroup> known =
        [
            .. groups.Select(g => g with { Runs = [.. g.Runs.Where(r => trees.ContainsKey(r.Tree))] }).Where(g => !g.Runs.IsEmpty),
        ];
        var paths = trees.Values.SelectMany(t => t.Entries.Select(e => e.Path)).ToImmutableSortedSet();
        ImmutableArray<VaryingFile> files = [.. paths.Select(p => Compare(p, known, trees)).OfType<VaryingFile>()];
        return (files, paths.Count - files.Length);
    }

    VaryingFile? Compare(RelativePath path, ImmutableArray<SeedGroup> groups, ImmutableDictionary<Reference<Tree>, Tree> trees)
    {
        var same = groups.SelectMany(g => g.Runs.Skip(1).Select(r => (Before: g.Runs[0], Now: r)));
        var other = groups.Skip(1).Select(g => (Before: groups[0].Runs[0], Now: g.Runs[0]));
        var (ofSame, ofOther) = (Differing(same).ToList(), Differing(other).ToList());
        if (ofSame.Count == 0 && ofOther.Count == 0)
            return null;
        // Of several pairs, the one that differs first. Each pair of trees is read once.
        var first = (ofSame.Count > 0 ? ofSame : ofOther).DistinctBy(p => (At(p.Before), At(p.Now)))
            .Select(p => (Pair: p, Offset: Offset(p.Before, p.Now))).OrderBy(p => p.Offset ?? long.MaxValue).First();
        return new(
            path, groups.Any(g => g.IsRepeated) ? ofSame.Count > 0 : null, groups.Length > 1 ? ofOther.Count > 0 : null,
            first.Pair.Before, first.Pair.Now, first.Offset)
        {
            Was = At(first.Pair.Before),
            Is = At(first.Pair.Now),
        };

        TreeEntry? At(Run run) => trees[run.Tree].Find(path);

        IEnumerable<(Run Before, Run Now)> Differing(IEnumerable<(Run Before, Run Now)> pairs) =>
            pairs.Where(p => p.Before.Tree != p.Now.Tree && At(p.Before) != At(p.Now));

        long? Offset(Run before, Run now) => At(before) is TreeEntry.File old && At(now) is TreeEntry.File young
            && old.Content != young.Content ? FirstDifference(trees[before.Tree], old, trees[now.Tree], young) : null;
    }

    // Null for bytes that were collected, or damaged.
    long? FirstDifference(Tree before, TreeEntry.File old, Tree now, TreeEntry.File young)
    {
        try
        {
            using var one = store.Trees.Open(before).Open(old);
            using var other = store.Trees.Open(now).Open(young);
            var (a, b) = (new byte[BufferSize], new byte[BufferSize]);
            for (var offset = 0L; ;)
            {
                var length = one.ReadAtLeast(a, a.Length, throwOnEndOfStream: false);
                var common = a.AsSpan(0, length)
                    .CommonPrefixLength(b.AsSpan(0, other.ReadAtLeast(b, b.Length, throwOnEndOfStream: false)));
                offset += common;
                if (common < BufferSize)
                    return offset;
            }
        }
        catch (Exception e) when (e is IOException or StoreException)
        {
            return null;
        }
    }
}
