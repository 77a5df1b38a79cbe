namespace Lightnix.Storage;

/// <summary>Looks at the records of one resolved derivation, and checks that what they name is there.</summary>
sealed class ResolvedVerification(StoreLayout layout, Verification verification, Reference<Resolved> resolved)
{
    readonly string _folder = layout.FolderOf(resolved);

    public void Run()
    {
        var own = layout.Of(resolved);
        if (Files.Facts(own) is not null)
            verification.Record<Resolved>(own, resolved.Digest);
        else
            verification.Missing(own, "every run in its folder is of it", repair => repair.GiveUp(own));
        foreach (var name in Files.Names(_folder).Order(StringComparer.Ordinal).Where(n => n != "resolved" + StoreLayout.RecordSuffix))
        {
            var path = Path.Combine(_folder, name);
            if (Of(name, StoreLayout.RealizationPrefix) is { } realization)
                Check(verification.Record<Realization>(path, realization), path);
            else if ((Of(name, StoreLayout.RunPrefix) ?? Of(name, StoreLayout.AdoptionPrefix)) is { } run)
                Check(verification.Record<Run>(path, run), path);
            else if (Of(name, StoreLayout.FailurePrefix) is { } failure)
                Check(verification.Record<Failure>(path, failure)?.Facts, path);
            else if (Of(name, StoreLayout.WithdrawalPrefix) is { } withdrawal)
                verification.Record<Withdrawal>(path, withdrawal);
            else if (Of(name, StoreLayout.NotePrefix) is { } note)
                verification.Record<Note>(path, note);
            else if (Of(name, StoreLayout.RejectionPrefix) is { } rejection)
                verification.Record<Rejection>(path, rejection);
            else
                verification.Extra(path);
        }
    }

    static Digest? Of(string name, string prefix) => StoreLayout.DigestIn(name, prefix, StoreLayout.RecordSuffix);

    void Check(Realization? realization, string path)
    {
        if (realization is null)
            return;
        if (realization.Resolved != resolved)
            Misplaced(path);
        verification.Missing(layout.ListingOf(realization.Tree), Names(path), repair => repair.Listing(realization.Tree));
    }

    void Check(Run? run, string path)
    {
        if (run is null)
            return;
        Check(run.Facts, path);
        var realization = layout.Of(resolved, StoreLayout.RealizationPrefix, run.Realization.Digest);
        verification.Missing(realization, $"'{verification.Relative(path)}' gave it", repair => repair.Realization(resolved, run.Tree));
    }

    void Check(RunFacts? facts, string path)
    {
        if (facts is null)
            return;
        if (facts.Resolved != resolved)
            Misplaced(path);
        foreach (var named in new[] { layout.Of(facts.Derivation), facts.Log is { } log ? layout.Of(log) : null }.OfType<string>())
            verification.Missing(named, Names(path), repair => repair.GiveUp(named));
    }

    string Names(string path) => $"'{verification.Relative(path)}' names it";

    void Misplaced(string path) =>
        verification.Report(path, RecordStore.Misplaced, repair => repair.Record(path));
}
