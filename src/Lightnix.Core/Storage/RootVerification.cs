using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Storage;

/// <summary>Looks at roots and pins, and that what living projects chose is there.</summary>
sealed class RootVerification(StoreLayout layout, Action<Damage> say)
{
    public void Run()
    {
        foreach (var name in Files.Names(layout.Roots).Order(StringComparer.Ordinal))
            Root(Path.Combine(layout.Roots, name));
        foreach (var name in Files.Names(layout.Pins).Order(StringComparer.Ordinal))
            Pin(Path.Combine(layout.Pins, name));
    }

    void Root(string path)
    {
        const string cure = "build its project again, which writes it anew; or lightnix gc --forget with the first characters of its name";
        try
        {
            if (Files.TryRead(path) is not { } bytes)
                return;
            var root = RecordBytes.Parse<Root>(bytes);
            if (layout.RootOf(root.Project) != path)
                Say(path, $"is of '{root.Project}', which has another name here", cure);
            else if (!root.ToBytes().AsSpan().SequenceEqual(bytes))
                Say(path, "is not in its canonical form", cure);
            Mode(path);
            if (!File.Exists(root.Project))
                return;
            foreach (var (stage, selection) in root.Stages)
                Chosen(root.Project, stage, selection);
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            Say(path, $"cannot be read: {e.Message}", cure);
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
            if (!File.Exists(record))
                Say(record, $"is missing: '{stage}' of '{project}' chose it", "build the project: what gave it runs again");
            else if (!Directory.Exists(layout.FolderOf(tree)))
                Say(layout.FolderOf(tree), $"is missing: '{stage}' of '{project}' chose it", "build the project: what gave it runs again");
        }
    }

    void Pin(string path)
    {
        const string cure = "delete it, and pin again what should stay";
        try
        {
            if (Files.TryRead(path) is not { } bytes)
                return;
            if (Path.GetFileName(path) != Digest.Of(bytes) + StoreLayout.RecordSuffix)
                Say(path, $"has the SHA-256 {Digest.Of(bytes)}", cure);
            else
                _ = RecordBytes.Parse<Pin>(bytes);
            Mode(path);
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            Say(path, $"cannot be read: {e.Message}", cure);
        }
    }

    void Mode(string path)
    {
        if (!OperatingSystem.IsWindows() && Files.Facts(path) is { } facts && facts.Mode != Disk.ReadOnly)
            say(new(Verification.RelativeTo(layout, path), "has another mode", "lightnix verify --repair") { Subject = path + " mode", Mend = repair => repair.Mode(path) });
    }

    // Only a person knows whether the project is still there: nothing of a root is mended by guessing.
    void Say(string path, string problem, string cure) => say(new(Verification.RelativeTo(layout, path), problem, cure));
}
