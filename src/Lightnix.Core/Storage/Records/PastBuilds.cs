namespace Lightnix.Storage;

/// <summary>The last builds of each project that did something, a file each: no build reads or writes those of others.</summary>
sealed class PastBuilds(StoreLayout layout, Disk disk)
{
    /// <summary>So many of each project stay.</summary>
    public const int Most = 50;

    /// <summary>The newest first, up to one that is missing or damaged: what was chosen before that is not known.</summary>
    public ImmutableArray<PastBuild> Read(string project)
    {
        var builds = ImmutableArray.CreateBuilder<PastBuild>();
        var newest = Numbered(layout.BuildsOf(project)).OrderByDescending(n => n.Number).ToImmutableArray();
        foreach (var (number, file) in newest)
        {
            if (number + builds.Count != newest[0].Number || RecordFile.TryRead<PastBuild>(file) is not { } build)
                break;
            builds.Add(build);
        }
        return builds.ToImmutable();
    }

    /// <summary>LNX3001 for each file that is no record of a build.</summary>
    public ImmutableArray<StoreException> Damages(string project) =>
    [
        .. Numbered(layout.BuildsOf(project)).Select(n => n.File).Where(f => RecordFile.TryRead<PastBuild>(f) is null)
            .Select(f => StorageErrors.Damaged(f, "was changed", layout.Tool.RepairCure)),
    ];

    /// <summary>Writes a build under a temporary name, while the lock of its root is held. Null where a file is in the place of the folder:
    /// nothing that is needed is lost with it, and <c>verify</c> names it.</summary>
    public Prepared? Prepare(string project, PastBuild build, WriteSession session)
    {
        if (new[] { layout.Builds, layout.BuildsOf(project) }.Any(File.Exists))
            return null;
        var (temporary, bytes, folder) = (session.NewFile(), build.ToBytes(), layout.BuildsOf(project));
        disk.Write(temporary, bytes);
        var number = Numbered(folder).Select(n => n.Number).DefaultIfEmpty(0).Max() + 1;
        disk.MakeFolderFor(folder);
        var path = Path.Combine(folder, NameOf(number, Digest.Of(bytes)));
        disk.MakeFolderFor(path);
        return new(temporary, path);
    }

    /// <summary>Gives a build its name, for good.</summary>
    public void Name(Prepared build)
    {
        // Garbage collection may have taken the folder of a project that had no root.
        disk.MakeFolderFor(build.Path);
        disk.Replace(build.Temporary, build.Path);
        disk.Sync([], [Path.GetDirectoryName(build.Path)!]);
    }

    /// <summary>A build that is written and has no name yet.</summary>
    public sealed record Prepared(string Temporary, string Path);

    /// <summary>Deletes what is older than the last <see cref="Most"/>.</summary>
    public void Forget(string project)
    {
        foreach (var (_, file) in Numbered(layout.BuildsOf(project)).OrderByDescending(n => n.Number).Skip(Most))
            disk.Delete(file);
    }

    /// <summary>The digest in the name of a build's file; null where the name is none.</summary>
    public static Digest? DigestIn(string name) =>
        NumberIn(name) is { } number ? StoreLayout.DigestIn(name, Prefix(number), StoreLayout.RecordSuffix) : null;

    static IEnumerable<(int Number, string File)> Numbered(string folder) =>
        from name in Files.Names(folder)
        where DigestIn(name) is not null
        select (NumberIn(name)!.Value, Path.Combine(folder, name));

    static int? NumberIn(string name) =>
        int.TryParse(name.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string Prefix(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:D6}.");

    static string NameOf(int number, Digest digest) => Prefix(number) + digest + StoreLayout.RecordSuffix;
}
