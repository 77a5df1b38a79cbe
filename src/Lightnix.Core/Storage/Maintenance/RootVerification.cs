namespace Lightnix.Storage;

/// <summary>Looks at roots and pins, and checks that what living projects chose is there.</summary>
sealed class RootVerification(StoreLayout layout, Action<Damage> report)
{
    public void Run()
    {
        foreach (var path in In(layout.Roots))
            Root(path);
        foreach (var path in In(layout.Pins))
            Pin(path);
    }

    // A file that is not named like a record is no root that a build would write anew.
    IEnumerable<string> In(string folder)
    {
        foreach (var name in Files.Names(folder).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, name);
            var isRecord = StoreLayout.DigestIn(name, "", StoreLayout.RecordSuffix) is not null;
            if (isRecord && Files.Facts(path)?.Kind is FileKind.File or FileKind.Link)
                yield return path;
            else
                Report(path, "is no part of a store", Verification.ExtraCure(layout), repair => repair.Extra(path));
        }
    }

    void Root(string path)
    {
        var cure = $"build its project again, which writes it anew; or {layout.Tool.Of($"gc --forget {GarbagePlanning.Short(path)}")}";
        try
        {
            if (Files.TryRead(path) is not { } bytes)
                return;
            var root = RecordBytes.Parse<Root>(bytes);
            if (layout.RootOf(root.Project) != path)
                Report(path, $"is of '{root.Project}', which has another name here", cure);
            else if (!root.ToBytes().AsSpan().SequenceEqual(bytes))
                Report(path, "is not in its canonical form", cure);
            Mode(path);
            if (!File.Exists(root.Project))
                return;
            foreach (var (stage, selection) in root.Stages)
                Chosen($"'{stage}' of '{root.Project}' chose it", selection);
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            Report(path, $"cannot be read: {e.Message}", cure);
        }
    }

    // What a project chose is not collected. A tree that is missing may have been deleted by hand.
    void Chosen(string because, Selection selection)
    {
        foreach (var (realization, resolved, tree, _) in selection.Results)
        {
            var record = layout.Of(resolved, StoreLayout.RealizationPrefix, realization.Digest);
            var folder = layout.FolderOf(tree);
            if (Files.Facts(layout.LostOf(record)) is not null)
                continue;
            if (!File.Exists(record))
                Report(record, $"is missing: {because}", layout.Tool.Repair, repair => repair.GiveUp(record));
            else if (!Directory.Exists(folder) && !selection.IsIntermediate)
                Report(folder, $"is missing: {because}", layout.Tool.Repair, repair => repair.Tree(tree));
            else if (!HasRun(layout.FolderOf(resolved), realization))
                Report(record, $"has no run that gave it, and {because}", layout.Tool.Repair, repair => repair.Extra(record));
        }
    }

    // A realization that no project chose may have no run: its build was killed before the run got its name.
    static bool HasRun(string folder, Reference<Realization> realization) => Files.Names(folder)
        .Where(StoreLayout.IsRun)
        .Any(n => RecordFile.TryRead<Run>(Path.Combine(folder, n)) is not { } run || run.Realization == realization);

    void Pin(string path)
    {
        const string cure = "delete it, and pin again what should stay";
        try
        {
            if (Files.TryRead(path) is not { } bytes)
                return;
            if (Path.GetFileName(path) != Digest.Of(bytes) + StoreLayout.RecordSuffix)
                Report(path, $"has the SHA-256 {Digest.Of(bytes)}", cure);
            else
                _ = RecordBytes.Parse<Pin>(bytes);
            Mode(path);
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            Report(path, $"cannot be read: {e.Message}", cure);
        }
    }

    void Mode(string path)
    {
        var facts = Files.Facts(path);
        if (facts?.Kind == FileKind.Link)
            Report(path, "is no file but a link to one", layout.Tool.Repair, repair => repair.Unlink(path));
        else if (facts is not null && !FileModes.Are(facts, Disk.ReadOnly))
            report(Verification.OtherMode(layout, path));
    }

    string Relative(string path) => layout.Relative(path);

    // Only a person knows whether a project still exists, so a root's own damage has no repair.
    void Report(string path, string problem, string cure, Func<Repair, string?>? mend = null) =>
        report(new(Relative(path), problem, cure) { Mend = mend });
}
