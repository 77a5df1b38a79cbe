namespace Lightnix.Storage;

/// <summary>The readable records of one resolved derivation.</summary>
/// <param name="Damaged">True when a record could not be read.</param>
sealed record ResolvedRecords(
    ImmutableArray<Realization> Realizations, ImmutableArray<Run> Runs, ImmutableArray<Failure> Failures, bool Damaged)
{
    public IEnumerable<RunFacts> Facts => Runs.Select(r => r.Facts).Concat(Failures.Select(f => f.Facts));

    public static ResolvedRecords Read(string folder, Reference<Resolved> resolved)
    {
        var names = Files.Names(folder).Order(StringComparer.Ordinal).ToImmutableArray();
        var realizations = All<Realization>(folder, names, StoreLayout.RealizationPrefix);
        ImmutableArray<Run?> runs =
            [.. All<Run>(folder, names, StoreLayout.RunPrefix), .. All<Run>(folder, names, StoreLayout.AdoptionPrefix)];
        var failures = All<Failure>(folder, names, StoreLayout.FailurePrefix);
        // A record of another resolved derivation may have taken the place of one of its own.
        var isDamaged = runs.Any(r => r?.Facts.Resolved != resolved) || realizations.Any(r => r?.Resolved != resolved);
        return new([.. realizations.OfType<Realization>()], [.. runs.OfType<Run>()], [.. failures.OfType<Failure>()], isDamaged);
    }

    static ImmutableArray<T?> All<T>(string folder, ImmutableArray<string> names, string prefix) where T : class, IRecord<T> =>
        [.. names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => RecordFile.TryRead<T>(Path.Combine(folder, n)))];
}
