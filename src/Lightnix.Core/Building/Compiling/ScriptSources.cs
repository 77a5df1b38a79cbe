using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Files that the compilation of a C# script may read: the script and the other sources of its stage. A script that names no other
/// file is compiled alone, so a change of its data does not compile it again.</summary>
sealed class ScriptSources
{
    /// <summary>The only directive that names no file. Values of properties may be files, and an SDK adds items by default.</summary>
    const string PackageDirective = "#:package";

    static readonly ImmutableArray<string> SimpleDirectives = [PackageDirective + ' ', "#:property "];

    static readonly ImmutableHashSet<string> FoundByName =
        ["global.json", "nuget.config", "packages.lock.json", ".editorconfig", ".globalconfig"];

    readonly string _folder;
    readonly ImmutableSortedDictionary<RelativePath, Digest> _files;

    ScriptSources(string folder, RelativePath script, ImmutableSortedDictionary<RelativePath, Digest> files) =>
        (_folder, Script, _files) = (folder, script, files);

    public RelativePath Script { get; }

    /// <summary>False where no source generator of .NET itself has anything to complete.</summary>
    public bool MayNeedGenerators => File.ReadAllText(Place(_folder, Script)).Contains("partial", StringComparison.Ordinal);

    /// <param name="hasCheckpoint">The stage has a checkpoint: then no source is in that folder, but what a former try left.</param>
    public static ScriptSources Read(string workingFolder, RelativePath script, bool hasCheckpoint)
    {
        var paths = Others(workingFolder, hasCheckpoint).ToList();
        if (!NamesOthers(Place(workingFolder, script)) && !paths.Any(IsFoundByName))
            paths = [script];
        return new(workingFolder, script, paths.ToImmutableSortedDictionary(p => p, p => DigestOf(Place(workingFolder, p))));
    }

    /// <summary>
    /// A digest of the files, their paths and the installed SDKs; and the same with the script's directives in place of the script. Scripts
    /// with one <c>Shape</c> are compiled by the same call of the compiler.
    /// </summary>
    /// <param name="variables">Variables that may change the result of the compilation.</param>
    /// <returns>No <c>Shape</c> where statements may decide more than what the compiler makes of them, or where versions float.</returns>
    public (Digest Key, Digest? Shape) Keys(string compiler, IReadOnlyDictionary<string, string> variables)
    {
        var head = $"lightnix/script/2\n{compiler}\n{Script}\n";
        var directives = Directives(Place(_folder, Script)).ToList();
        return (Key(_files, head), directives.All(IsSimple) && !_files.Keys.Any(IsForMSBuild)
            ? Key(_files.SetItem(Script, Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', directives)))), "statements differ\n" + head)
            : null);

        Digest Key(ImmutableSortedDictionary<RelativePath, Digest> files, string beginning)
        {
            var text = new StringBuilder(beginning);
            foreach (var (path, digest) in files)
                text.Append(digest).Append(' ').Append(path).Append('\n');
            // A value may be a password, so only its digest is hashed with other text.
            foreach (var (name, value) in variables)
                text.Append(Digest.Of(Encoding.UTF8.GetBytes(value))).Append(" variable ").Append(name).Append('\n');
            return Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
        }
    }

    /// <summary>Copies the files to their paths in the working folder.</summary>
    /// <returns>The path of the script's copy.</returns>
    public string CopyTo(string folder)
    {
        foreach (var path in _files.Keys)
        {
            var copy = Place(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Place(_folder, path), copy);
            // A source may be read-only, and a compilation may write a lock file of packages.
            File.SetAttributes(copy, FileAttributes.Normal);
        }
        return Place(folder, Script);
    }

    /// <summary>Replaces the script in a folder that has its other files.</summary>
    public void CopyScriptTo(string folder)
    {
        File.Copy(Place(_folder, Script), Place(folder, Script), overwrite: true);
        File.SetAttributes(Place(folder, Script), FileAttributes.Normal);
    }

    static bool NamesOthers(string script) => Directives(script).Any(line => !line.StartsWith(PackageDirective, StringComparison.Ordinal));

    static IEnumerable<string> Directives(string script) => File.ReadAllText(script).Split('\n', '\r')
        .Select(line => line.Trim())
        .Where(line => line.StartsWith("#:", StringComparison.Ordinal));

    /// <summary>A directive that names no file, no floating version and no function of MSBuild.</summary>
    static bool IsSimple(string directive) =>
        SimpleDirectives.Any(d => directive.StartsWith(d, StringComparison.Ordinal))
        && !directive.Contains('*', StringComparison.Ordinal) && !directive.Contains("$(", StringComparison.Ordinal);

    static bool IsForMSBuild(RelativePath path) => IsFoundByName(path)
        || path.Name.EndsWith(".props", StringComparison.OrdinalIgnoreCase)
        || path.Name.EndsWith(".targets", StringComparison.OrdinalIgnoreCase);

    /// <summary>Files that .NET finds by name: <c>Directory.Build.props</c>, <c>.editorconfig</c> …</summary>
    static bool IsFoundByName(RelativePath path) =>
        path.Name.StartsWith("Directory.", StringComparison.OrdinalIgnoreCase)
        || FoundByName.Contains(path.Name.ToLowerInvariant());

    static IEnumerable<RelativePath> Others(string workingFolder, bool hasCheckpoint) =>
        Directory.EnumerateFileSystemEntries(workingFolder)
        .Where(entry => IsOfStage(Path.GetFileName(entry), hasCheckpoint))
        .SelectMany(entry => Directory.Exists(entry) ? Directory.EnumerateFiles(entry, "*", SearchOption.AllDirectories) : [entry])
        .Select(file => RelativePath.OfSegments(Path.GetRelativePath(workingFolder, file).Split(Path.DirectorySeparatorChar)))
        .Where(path => !IsResponse(path));

    /// <summary>Response files are not copied, because their options can name any file of the machine.</summary>
    static bool IsResponse(RelativePath path) => path.Name.EndsWith(".rsp", StringComparison.OrdinalIgnoreCase);

    /// <summary>False for inputs, outputs, a checkpoint and files of Lightnix.</summary>
    static bool IsOfStage(string name, bool hasCheckpoint) =>
        name is not (WorkingFolder.Home or WorkingFolder.Temporary) && !(hasCheckpoint && name == WorkingFolder.Checkpoint)
        && !SourceReader.IsReserved(RelativePath.Parse(name));

    static Digest DigestOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Digest.Of(stream);
    }

    static string Place(string folder, RelativePath path) =>
        Path.Combine(folder, path.ToString().Replace('/', Path.DirectorySeparatorChar));
}
