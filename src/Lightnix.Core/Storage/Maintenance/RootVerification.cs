using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>Looks at roots and pins, and that what living projects chose is there.</summary>
sealed class RootVerification(StoreLayout layout, Action<Damage> report)
{
    string Cure => layout.Tool.Repair;

    public void Run()
    {
        foreach (var path in In(layout.Roots))
            Root(path);
        foreach (var path in In(layout.Pins))
            Pin(path);
    }

    // What has no name of a record is no root that a build would ever write anew.
    IEnumerable<string> In(string folder)
    {
        foreach (var name in Files.Names(folder).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, name);
            if (Verification.DigestIn(name, "", StoreLayout.RecordSuffix) is null || Files.Facts(path)?.Kind is not (FileKind.File or FileKind.Link))
                report(new(Verification.RelativeTo(layout, path), "is no part of a store", Verification.ExtraCure(layout)) { Mend = repair => repair.Extra(path) });
            else
                yield return path;
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
                Chosen(root.Project, stage, selection);
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            Report(path, $"cannot be read: {e.Message}", cure);
        }
    }

    // One that no longer is there may have been deleted by hand; what a project chose is not collected.
    void Chosen(string project, string stage, Selection selection)
    {
        foreach (var (realization, tree) in selection.Realizations.Zip(selection.Trees))
        {
            var record = layout.Of(selection.Resolved, StoreLayout.RealizationPrefix, realization.Digest);
            if (Files.Facts(layout.LostOf(record)) is not null)
                continue;
            var because = $"'{stage}' of '{project}' chose it";
            if (!File.Exists(record))
                report(new(Verification.RelativeTo(layout, record), $"is missing: {because}", Cure) { Mend = repair => repair.GiveUp(record) });
            else if (!Directory.Exists(layout.FolderOf(tree)))
                report(new(Verification.RelativeTo(layout, layout.FolderOf(tree)), $"is missing: {because}", Cure) { Mend = repair => repair.Tree(tree) });
            else if (!HasRun(layout.FolderOf(selection.Resolved), realization))
                report(new(Verification.RelativeTo(layout, record), $"has no run that gave it, and {because}", Cure) { Mend = repair => repair.Extra(record) });
        }
    }

    // Of others it may be that their build was killed before it named the run.
    static bool HasRun(string folder, Reference<Realization> realization) => Files.Names(folder)
        .Where(n => n.StartsWith(StoreLayout.RunPrefix, StringComparison.Ordinal))
        .Any(n => RecordStore.TryRead<Run>(Path.Combine(folder, n)) is not { } run || run.Realization == realization);

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
        if (Files.Facts(path)?.Kind == FileKind.Link)
        {
            report(new(Verification.RelativeTo(layout, path), "is no file but a link to one", Cure) { Mend = repair => repair.Unlink(path) });
            return;
        }
        if (Files.Facts(path) is { } facts && !FileModes.Are(facts, Disk.ReadOnly))
            report(new(Verification.RelativeTo(layout, path), "has another mode", Cure) { Subject = path + " mode", Mend = repair => repair.Mode(path) });
    }

    // Only a person knows whether the project is still there: nothing of a root is mended by guessing.
    void Report(string path, string problem, string cure) => report(new(Verification.RelativeTo(layout, path), problem, cure));
}
