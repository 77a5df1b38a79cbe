using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>Files that the compilation of a C# script may read: the script and the other sources of its stage. A script that names no other
/// file is compiled alone, so a change of its data does not compile it again.</summary>
sealed class ScriptSources
{
    /// <summary>The only directive that names no file. Values of properties may be files, and an SDK adds items by default.</summary>
    const string PackageDirective = "#:package";

    static readonly ImmutableHashSet<string> FoundByName =
        ["global.json", "nuget.config", "packages.lock.json", ".editorconfig", ".globalconfig"];

    readonly string _folder;
    readonly ImmutableSortedDictionary<RelativePath, Digest> _files;

    ScriptSources(string folder, RelativePath script, ImmutableSortedDictionary<RelativePath, Digest> files) =>
        (_folder, Script, _files) = (folder, script, files);

    public RelativePath Script { get; }

    public static ScriptSources Read(string workingFolder, RelativePath script)
    {
        var paths = Others(workingFolder).ToList();
        if (!NamesOthers(Place(workingFolder, script)) && !paths.Any(IsFoundByName))
            paths = [script];
        return new(workingFolder, script, paths.ToImmutableSortedDictionary(p => p, p => DigestOf(Place(workingFolder, p))));
    }

    /// <summary>A digest of the files, their paths and the installed SDKs.</summary>
    /// <param name="variables">Variables that may change the result of the compilation.</param>
    public Digest Key(string compiler, IReadOnlyDictionary<string, string> variables)
    {
        var text = new StringBuilder($"lightnix/script/2\n{compiler}\n{Script}\n");
        foreach (var (path, digest) in _files)
            text.Append(digest).Append(' ').Append(path).Append('\n');
        // A value may be a password, so only its digest is hashed with other text.
        foreach (var (name, value) in variables)
            text.Append(Digest.Of(Encoding.UTF8.GetBytes(value))).Append(" variable ").Append(name).Append('\n');
        return Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
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

    static bool NamesOthers(string script) => File.ReadAllText(script).Split('\n', '\r')
        .Select(line => line.TrimStart())
        .Any(line => line.StartsWith("#:", StringComparison.Ordinal) && !line.StartsWith(PackageDirective, StringComparison.Ordinal));

    /// <summary>Files that .NET finds by name: <c>Directory.Build.props</c>, <c>.editorconfig</c> …</summary>
    static bool IsFoundByName(RelativePath path) =>
        path.Name.StartsWith("Directory.", StringComparison.OrdinalIgnoreCase)
        || FoundByName.Contains(path.Name.ToLowerInvariant());

    static IEnumerable<RelativePath> Others(string workingFolder) => Directory.EnumerateFileSystemEntries(workingFolder)
        .Where(entry => IsOfStage(Path.GetFileName(entry)))
        .SelectMany(entry => Directory.Exists(entry) ? Directory.EnumerateFiles(entry, "*", SearchOption.AllDirectories) : [entry])
        .Select(file => RelativePath.OfSegments(Path.GetRelativePath(workingFolder, file).Split(Path.DirectorySeparatorChar)))
        .Where(path => !IsResponse(path));

    /// <summary>Response files are not copied, because their options can name any file of the machine.</summary>
    static bool IsResponse(RelativePath path) => path.Name.EndsWith(".rsp", StringComparison.OrdinalIgnoreCase);

    /// <summary>False for inputs, outputs and files of Lightnix.</summary>
    static bool IsOfStage(string name) =>
        name is not (WorkingFolder.Home or WorkingFolder.Temporary) && !SourceReader.IsReserved(RelativePath.Parse(name));

    static Digest DigestOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Digest.Of(stream);
    }

    static string Place(string folder, RelativePath path) =>
        Path.Combine(folder, path.ToString().Replace('/', Path.DirectorySeparatorChar));
}
