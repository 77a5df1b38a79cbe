using System.Collections.Immutable;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>
/// Knows what builds wrote into a working tree: no wildcard may make a source of it, or each build would find another one. .NET leaves out what the build at
/// hand writes; this also knows other projects, other output folders, and former builds.
/// </summary>
/// <param name="ownLists">The project's <c>obj</c>, wherever it is; null where there is none.</param>
/// <param name="never">Folders of the project that only builds write to; absolute. They need not be there.</param>
/// <param name="digestOf">Of a file's bytes.</param>
sealed class WrittenFiles(string? ownLists, ImmutableArray<string> never, Func<string, FileFacts, Digest?> digestOf)
{
    // obj/<project>/<configuration>/<framework>/<runtime>: below an artifacts folder, the first is there, too.
    static readonly EnumerationOptions Lists = new() { RecurseSubdirectories = true, MaxRecursionDepth = 4, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    readonly RealPaths _real = new();
    readonly Dictionary<string, Verdict?> _folders = new(StringComparer.Ordinal);
    readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    ImmutableArray<string> _never;
    bool _ownRead;

    /// <summary>Why a file or a folder is what builds write, by the place that its path leads to; null where it is not known to be.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="below">The project's folder.</param>
    /// <param name="byShape">Whether a folder that only looks like a tree of a store counts.</param>
    /// <param name="isReal">True where no part of the path is a link: then it need not be looked at.</param>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public WrittenPath? Why(string path, string below, bool isFolder = false, bool byShape = true, bool isReal = false)
    {
        var project = Real(Path.TrimEndingDirectorySeparator(below));
        if (!_ownRead && ownLists is not null)
            Read(ownLists, project);
        _ownRead = true;
        var real = isReal ? path : Real(Path.TrimEndingDirectorySeparator(path));
        if (Never(project).FirstOrDefault(folder => IsIn(folder, real)) is { } never)
            return new($"{(real == never ? "is" : "is below")} '{never}', where builds write", IsResult: true, ResultLink(path));
        var top = Common(project, real);
        if (byShape && IsInStore(Path.GetRelativePath(top, real)))
            return new($"is '{real}', which a store holds", IsResult: true, ResultLink(path));
        if (InFolder(isFolder ? real : Path.GetDirectoryName(real)!, top) is { } verdict && (!verdict.CopiesOnly || (!isFolder && IsCopy(real))))
            return new(verdict.Why, verdict.IsResult, verdict.IsResult ? ResultLink(path) : null);
        return _listed.Contains(real) || _listed.Contains(path) ? new("was written by a build or a publish of this project", IsResult: false) : null;
    }

    /// <summary>True of the link folder of a data project, where nothing else names another.</summary>
    public static bool IsLinkFolder(string folder) => Path.GetFileName(folder) == "bin" && Path.GetDirectoryName(folder) is { } parent && HasProject(parent, project => project == ".lnproj");

    // What the project lies in says nothing.
    ImmutableArray<string> Never(string project) => _never.IsDefault
        ? _never = [.. never.Select(folder => Real(Path.TrimEndingDirectorySeparator(folder))).Where(folder => !IsIn(folder, project))]
        : _never;

    static bool IsIn(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == Path.DirectorySeparatorChar);

    // A realization's folder in whatever store: links that Lightnix made lead there.
    static bool IsInStore(string path)
    {
        var segments = path.Split(Path.DirectorySeparatorChar);
        return segments.Zip(segments.Skip(1)).Any(pair => pair.First == "trees" && Digest.TryParse(pair.Second, out _));
    }

    Verdict? InFolder(string folder, string top)
    {
        if (_folders.TryGetValue(folder, out var known))
            return known;
        var verdict = folder.Length > top.Length && Path.GetDirectoryName(folder) is { } parent
            ? InFolder(parent, top) ?? Below(parent, Path.GetFileName(folder)) ?? (StoreLayout.IsStore(folder) ? new($"is in the store '{folder}'", IsResult: true) : null)
            : null;
        if (verdict is null)
            Read(Path.Combine(folder, "obj"), folder);
        return _folders[folder] = verdict;
    }

    static Verdict? Below(string parent, string name) => name switch
    {
        // What a data project has in bin is links, which lead into a store.
        "obj" or "bin" when HasProject(parent, project => name == "obj" || project != ".lnproj") => new($"is below '{Path.Combine(parent, name)}', where builds of the project beside it write"),
        "bin" or "obj" or "publish" or "package" when IsArtifacts(parent) => new($"is below '{parent}', an artifacts folder"),
        "publish" when HasProject(parent, _ => true) => new("is a copy of a result that dotnet publish made", CopiesOnly: true),
        _ => null,
    };

    static bool HasProject(string folder, Func<string, bool> counts) =>
        Files.Names(folder).Select(Path.GetExtension).Any(e => e is not null && e.EndsWith("proj", StringComparison.Ordinal) && counts(e));

    static bool IsArtifacts(string folder)
    {
        var obj = Path.Combine(folder, "obj");
        return Files.Names(obj).SelectMany(project => Files.Names(Path.Combine(obj, project))).Any(n => n == "project.assets.json" || n.StartsWith("lightnix", StringComparison.Ordinal) || IsList(n));
    }

    // Theirs of what was compiled and copied, and of what was published; ours is called as the latter.
    static bool IsList(string name) =>
        name.EndsWith(".FileListAbsolute.txt", StringComparison.Ordinal) || (name.Contains("PublishOutputs.", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal));

    void Read(string obj, string project)
    {
        if (Files.Facts(obj, follow: true)?.Kind != FileKind.Folder)
            return;
        var lists = Directory.EnumerateFiles(obj, "*.txt", Lists).Where(f => IsList(Path.GetFileName(f))).Select(f => (File: f, Written: File.ReadAllLines(f))).ToList();
        var former = lists.SelectMany(l => FormerPlaces(l.File, l.Written, project)).ToHashSet(StringComparer.Ordinal);
        // A build into the project's own folder names sources, which it found there already.
        foreach (var written in lists.Select(l => l.Written).Where(w => !w.Any(f => Path.GetDirectoryName(f) is var folder && f.EndsWith(".dll", StringComparison.Ordinal) && (folder == project || former.Contains(folder!)))))
        {
            _listed.UnionWith(written);
            foreach (var place in former)
                _listed.UnionWith(written.Where(f => f.StartsWith(place + Path.DirectorySeparatorChar, StringComparison.Ordinal)).Select(f => project + f[place.Length..]));
        }
    }

    // A copy of a project's folder has a copy of the list, which names the original's files. What it says of its own folder tells where the project was.
    static IEnumerable<string> FormerPlaces(string list, string[] written, string project)
    {
        var own = Path.GetRelativePath(project, Path.GetDirectoryName(list)!);
        var here = $"{Path.DirectorySeparatorChar}{own}{Path.DirectorySeparatorChar}";
        return from file in own.StartsWith("..", StringComparison.Ordinal) ? [] : written
               let at = file.IndexOf(here, StringComparison.Ordinal)
               where at > 0 && file[..at] != project
               select file[..at];
    }

    // What was copied out of a store has the time of its content, which nothing else has.
    bool IsCopy(string file) =>
        Files.Facts(file) is { Kind: FileKind.File } facts && ContentTime.IsPossible(facts.Modified) && digestOf(file, facts) is { } digest && facts.Modified == ContentTime.Of(digest) * 1_000_000_000;

    // The last link on the way that Lightnix made. Asked only when there is something to tell.
    string? ResultLink(string path, int links = 0)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return null;
        if (ResultLink(parent, links) is { } above)
            return above;
        var at = Path.Combine(Real(parent), Path.GetFileName(path));
        if (links == LinkFollower.MostLinks || Files.Facts(at)?.Kind != FileKind.Link || Files.LinkTarget(at) is not { } target)
            return null;
        return ResultLinks.IsTree(target) ? at : ResultLink(Path.GetFullPath(target, Path.GetDirectoryName(at)!), links + 1);
    }

    /// <inheritdoc cref="RealPaths.Of"/>
    public string Real(string path) => _real.Of(path);

    // The folder that both are in, or the first itself.
    static string Common(string folder, string file)
    {
        var common = Path.TrimEndingDirectorySeparator(folder);
        while (!file.StartsWith(Path.EndsInDirectorySeparator(common) ? common : common + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Path.GetDirectoryName(common) is { } parent)
            common = parent;
        return common;
    }

    /// <summary>Of a folder's contents.</summary>
    /// <param name="CopiesOnly">Of a folder that may hold other things, too: true for what came from a store.</param>
    /// <param name="IsResult">Of a store.</param>
    sealed record Verdict(string Why, bool CopiesOnly = false, bool IsResult = false);
}
