namespace Lightnix.Storage;

/// <summary>Checks that an archive is complete: it holds all that its records name.</summary>
sealed class ArchiveCheck(ArchiveManifest manifest, ArchiveRecords records, IReadOnlyDictionary<Digest, string?> contents)
{
    /// <exception cref="InvalidDataException">Something is missing, or belongs to nothing.</exception>
    public void Run()
    {
        foreach (var (reference, run) in records.Runs)
            Check(reference, run);
        var made = records.Runs.Values.Select(r => r.Realization).ToHashSet();
        foreach (var reference in records.Realizations.Keys)
            Require(made.Contains(reference), $"the result {reference.Short}", "a run");
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
        Require(run.Facts.Log is not { } log || records.Bytes.ContainsKey(new ArchivedName(ArchivedName.Log, log.Digest).ToString()),
            what, "its log");
    }

    void Check(Reference<Tree> tree)
    {
        var what = $"the tree {tree.Short}";
        Require(records.Listings.ContainsKey(tree), what, "its listing");
        foreach (var file in records.Listings[tree].Entries.OfType<TreeEntry.File>())
            Require(contents.ContainsKey(file.Content), what, $"its file '{Visible.Short(file.Path.ToString())}'");
    }

    static void Require(bool isThere, string what, string lacks)
    {
        if (!isThere)
            throw new InvalidDataException($"{what} lacks {lacks}");
    }
}
