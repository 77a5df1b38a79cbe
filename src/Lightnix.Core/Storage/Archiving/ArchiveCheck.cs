namespace Lightnix.Storage;

/// <summary>Checks that an archive is complete: it holds all that its records name.</summary>
sealed class ArchiveCheck(ArchiveManifest manifest, ArchiveRecords records, IReadOnlyDictionary<Digest, string?> contents)
{
    /// <summary>Half of what is read, so that the runs that follow have numbers of their own.</summary>
    const long MostOrder = RunFacts.MostOrder / 2;

    /// <exception cref="InvalidDataException">Something is missing, belongs to nothing, or does not fit.</exception>
    public void Run()
    {
        foreach (var (reference, run) in records.Runs)
            Check(reference, run);
        CheckNonces();
        foreach (var (name, rejection) in records.Rejections)
        {
            Require(records.Realizations.TryGetValue(rejection.Realization, out var result) && result.Resolved == name.Of,
                $"the rejection {name.Digest.Short}", "the result that it is of");
        }
        foreach (var (name, note) in records.Notes)
        {
            Require(records.Runs.TryGetValue(new(note.Run), out var run) && run.Facts.Resolved == name.Of,
                $"the note {name.Digest.Short}", "the run that it is about");
        }
        var logs = records.Runs.Values.Select(r => r.Facts.Log?.Digest).ToHashSet();
        foreach (var log in records.Logs.Keys)
            Require(logs.Contains(log), $"the log {log.Short}", "a run");
        var made = records.Runs.Values.Select(r => r.Realization).ToHashSet();
        foreach (var reference in records.Realizations.Keys)
            Require(made.Contains(reference), $"the result {reference.Short}", "a run");
        Refuse(IsTwice(manifest.Results) || IsTwice(manifest.Trees), $"'{ArchiveManifest.Name}' names something twice");
        foreach (var result in manifest.Results)
            Require(records.Realizations.ContainsKey(result), $"the result {result.Short}", "its record");
        foreach (var tree in manifest.Trees)
            Check(tree);
    }

    void Check(Reference<Run> reference, Run run)
    {
        var what = $"the run {reference.Short}";
        Require(records.Resolved.ContainsKey(run.Facts.Resolved), what, "its resolved derivation");
        Require(records.Derivations.ContainsKey(run.Facts.Derivation), what, "its derivation");
        Require(records.Realizations.ContainsKey(run.Realization), what, "its realization");
        Require(records.Listings.ContainsKey(run.Tree), what, "the listing of its tree");
        Require(run.Facts.Log is not { } log || records.Logs.ContainsKey(log.Digest), what, "its log");
        foreach (var input in run.Facts.Context.Values.SelectMany(c => c).Append(run.Adopted?.From).OfType<Reference<Realization>>())
            Require(records.Realizations.ContainsKey(input) || manifest.Unknown.Contains(input), what, $"the result {input.Short}");
        CheckSense(run, what);
    }

    void CheckSense(Run run, string what)
    {
        var derivation = records.Derivations[run.Facts.Derivation];
        Refuse(!records.Resolved[run.Facts.Resolved].IsOf(derivation), $"{what} has the derivation of another stage");
        Refuse(run.Facts.Context.Keys.Except(derivation.Inputs.Select(i => i.At)).Any(), $"{what} reads what its derivation does not");
        Refuse(run.Facts.Order > MostOrder,
            FormattableString.Invariant($"{what} has the order {run.Facts.Order}, and may have {MostOrder}"));
    }

    // An adopted run has the nonce of the one that took place.
    void CheckNonces()
    {
        var twice = records.Runs.Where(r => r.Value.Adopted is null).GroupBy(r => (r.Value.Facts.Resolved, r.Value.Facts.Nonce))
            .FirstOrDefault(g => g.Skip(1).Any());
        Refuse(twice is not null, $"two records are of one run: {string.Join(" and ", twice?.Select(r => r.Key.Short) ?? [])}");
    }

    void Check(Reference<Tree> tree)
    {
        var what = $"the tree {tree.Short}";
        Require(records.Listings.ContainsKey(tree), what, "its listing");
        foreach (var file in records.Listings[tree].Entries.OfType<TreeEntry.File>())
            Require(contents.ContainsKey(file.Content), what, $"its file '{Visible.Short(file.Path.ToString())}'");
    }

    static bool IsTwice<T>(ImmutableArray<T> all) => all.Distinct().Count() < all.Length;

    static void Require(bool isThere, string what, string lacks) => Refuse(!isThere, $"{what} lacks {lacks}");

    static void Refuse(bool isWrong, string why)
    {
        if (isWrong)
            throw new InvalidDataException(why);
    }
}
