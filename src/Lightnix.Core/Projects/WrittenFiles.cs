using Lightnix.Planning;
using Lightnix.Storage;

namespace Lightnix.Projects;

/// <summary>Knows what builds wrote into a working tree. A wildcard must not make a source of it, or each build would find another one.
/// .NET leaves out what the present build writes; this class also knows other projects, other output folders, and former builds.</summary>
/// <param name="ownLists">The project's <c>obj</c>, wherever it is; null where there is none.</param>
/// <param name="never">Folders of the project that only builds write to; absolute. They need not exist.</param>
/// <param name="digestOf">The digest of a file.</param>
sealed class WrittenFiles(string? ownLists, ImmutableArray<string> never, Func<string, FileFacts, Digest?> digestOf)
{
    static readonly char Slash = Path.DirectorySeparatorChar;
    readonly RealPaths _real = new(Files.LinkAt);
    readonly Dictionary<string, Verdict?> _folders = new(StringComparer.Ordinal);
    readonly BuildLists _lists = new();
    ImmutableArray<string> _never;
    bool _ownRead;

    /// <summary>Why a path leads to what builds write; null where nothing says so.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="below">The project's folder.</param>
    /// <param name="byShape">Whether a folder that only looks like a tree of a store counts.</param>
    /// <param name="isReal">True where no part of the path is a link, so that none is looked for.</param>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    public WrittenPath? Why(string path, string below, bool isFolder = false, bool byShape = true, bool isReal = false)
    {
        var project = Real(Path.TrimEndingDirectorySeparator(below));
        if (!_ownRead && ownLists is not null)
            _lists.Read(ownLists, project);
        _ownRead = true;
        var real = isReal ? path : Real(Path.TrimEndingDirectorySeparator(path));
        if (Never(project).FirstOrDefault(folder => IsIn(folder, real)) is { } never)
            return Result($"{(real == never ? "is" : "is below")} '{never}', where builds write", path);
        var top = Common(project, real);
        if (byShape && IsInStore(Path.GetRelativePath(top, real)))
            return Result($"is '{real}', which a store holds", path);
        var verdict = InFolder(isFolder ? real : Path.GetDirectoryName(real)!, top);
        if (verdict is not null && (!verdict.CopiesOnly || (!isFolder && IsCopy(real))))
            return verdict.IsResult ? Result(verdict.Why, path) : new(verdict.Why, IsResult: false);
        return _lists.Contain(real) || _lists.Contain(path)
            ? new("was written by a build or a publish of this project", IsResult: false)
            : null;
    }

    /// <summary>True of the link folder of a data project that has the usual name.</summary>
    public static bool IsLinkFolder(string folder) =>
        Path.GetFileName(folder) == "bin" && Path.GetDirectoryName(folder) is { } parent
            && HasProject(parent, project => project == ".lnproj");

    /// <inheritdoc cref="RealPaths.Of"/>
    public string Real(string path) => _real.Of(path);

    WrittenPath Result(string why, string path) => new(why, IsResult: true, ResultLink(path));

    // A folder in which the project itself lies says nothing.
    ImmutableArray<string> Never(string project) => _never.IsDefault
        ? _never = [.. never.Select(folder => Real(Path.TrimEndingDirectorySeparator(folder))).Where(folder => !IsIn(folder, project))]
        : _never;

    static bool IsIn(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == Slash);

    // The folder of a tree in any store: links that Lightnix made lead there.
    static bool IsInStore(string path)
    {
        var segments = path.Split(Slash);
        return segments.Zip(segments.Skip(1)).Any(pair => pair.First == "trees" && Digest.TryParse(pair.Second, out _));
    }

    Verdict? InFolder(string folder, string top)
    {
        if (_folders.TryGetValue(folder, out var known))
            return known;
        Verdict? verdict = null;
        if (folder.Length > top.Length && Path.GetDirectoryName(folder) is { } parent)
        {
            verdict = InFolder(parent, top) ?? Below(parent, Path.GetFileName(folder));
            if (verdict is null && StoreLayout.IsStore(folder))
                verdict = new($"is in the store '{folder}'", IsResult: true);
        }
        if (verdict is null)
            _lists.Read(Path.Combine(folder, "obj"), folder);
        return _folders[folder] = verdict;
    }

    static Verdict? Below(string parent, string name) => name switch
    {
        // In the bin of a data project are links, which lead into a store.
        "obj" or "bin" when HasProject(parent, project => name == "obj" || project != ".lnproj") =>
            new($"is below '{Path.Combine(parent, name)}', where builds of the project beside it write"),
        "bin" or "obj" or "publish" or "package" when BuildLists.IsArtifactsFolder(parent) =>
            new($"is below '{parent}', an artifacts folder"),
        "publish" when HasProject(parent, _ => true) => new("is a copy of a result that dotnet publish made", CopiesOnly: true),
        _ => null,
    };

    static bool HasProject(string folder, Func<string, bool> counts) =>
        Files.Names(folder).Select(n => Path.GetExtension(n)).Any(e => e.EndsWith("proj", StringComparison.Ordinal) && counts(e));

    // A copy of a stored file has the time of its content, which nothing else has.
    bool IsCopy(string file) =>
        Files.Facts(file) is { Kind: FileKind.File } facts && ContentTime.IsPossible(facts.Modified)
        && digestOf(file, facts) is { } digest && facts.Modified == ContentTime.Of(digest) * 1_000_000_000;

    // The last link on the way that Lightnix made, for a message.
    string? ResultLink(string path, int links = 0)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return null;
        if (ResultLink(parent, links) is { } above)
            return above;
        var at = Path.Combine(Real(parent), Path.GetFileName(path));
        if (links == LinkFollower.MostLinks || Files.LinkAt(at) is not { } target)
            return null;
        return ResultLinks.IsTree(target) ? at : ResultLink(Path.GetFullPath(target, Path.GetDirectoryName(at)!), links + 1);
    }

    // The folder that both are in, or the first itself.
    static string Common(string folder, string file)
    {
        var common = Path.TrimEndingDirectorySeparator(folder);
        while (!file.StartsWith(Path.EndsInDirectorySeparator(common) ? common : common + Slash, StringComparison.Ordinal)
            && Path.GetDirectoryName(common) is { } parent)
        {
            common = parent;
        }
        return common;
    }

    /// <summary>What a folder's contents are.</summary>
    /// <param name="CopiesOnly">True for a folder that may also hold other things than copies of stored files.</param>
    /// <param name="IsResult">True for contents of a store.</param>
    sealed record Verdict(string Why, bool CopiesOnly = false, bool IsResult = false);
}
