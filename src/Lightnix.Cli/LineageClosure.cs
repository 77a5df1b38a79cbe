using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Realizations with all realizations that they were made from.</summary>
static class LineageClosure
{
    public static ImmutableArray<Realization> Of(IEnumerable<Realization> realizations, Store store)
    {
        var (seen, all) = (new HashSet<Realization>(), ImmutableArray.CreateBuilder<Realization>());
        var pending = new Queue<Realization>(realizations);
        var resolved = new StoreIndex(store).Realizations();
        while (pending.TryDequeue(out var realization))
        {
            if (!seen.Add(realization))
                continue;
            all.Add(realization);
            var runs = store.Records.History(realization.Resolved).Runs.Where(r => r.Tree == realization.Tree);
            foreach (var input in runs.SelectMany(r => r.Facts.Context.Values).SelectMany(r => r).Distinct())
            {
                if (resolved.TryGetValue(input, out var of) && store.Records.Find(input, of) is { } known)
                    pending.Enqueue(known);
            }
        }
        return all.ToImmutable();
    }
}
