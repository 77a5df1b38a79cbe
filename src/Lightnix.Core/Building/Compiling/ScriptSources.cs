using System.Collections.Immutable;
using System.Text;
using Lightnix.Hashing;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Building;

/// <summary>
/// Files that the compilation of a C# script may read: the script, and the other sources of its stage. A script that names no other file is compiled
/// alone, so that a change of the data that it reads does not compile it again.
/// </summary>
sealed class ScriptSources
{
    /// <summary>The only directive that can lead to no other file. Values of properties may be names of files, and an SDK has items by default.</summary>
    const string PackageDirective = "#:package";

    static readonly ImmutableHashSet<string> FoundByName = ["global.json", "nuget.config", "packages.lock.json", ".editorconfig", ".globalconfig"];

    readonly string _folder;
    readonly ImmutableSortedDictionary<RelativePath, Digest> _files;

    ScriptSources(string folder, RelativePath script, ImmutableSortedDictionary<RelativePath, Digest> files) => (_folder, Script, _files) = (folder, script, files);

    public RelativePath Script { get; }

    public static ScriptSources Read(string workingFolder, RelativePath script)
    {
        var paths = Others(workingFolder).ToList();
        if (!NamesOthers(Place(workingFolder, script)) && !paths.Any(IsFoundByName))
            paths = [script];
        return new(workingFolder, script, paths.ToImmutableSortedDictionary(p => p, p => DigestOf(Place(workingFolder, p))));
    }

    /// <summary>The same for the same files at the same places, compiled by the same SDKs.</summary>
    /// <param name="variables">That the compilation sees, and that may change it; mostly none.</param>
    public Digest Key(string compiler, IReadOnlyDictionary<string, string> variables)
    {
        var text = new StringBuilder($"lightnix/script/2\n{compiler}\n{Script}\n");
        foreach (var (path, digest) in _files)
            text.Append(digest).Append(' ').Append(path).Append('\n');
        // A value may be a password: only its digest is written together with other text.
        foreach (var (name, value) in variables)
            text.Append(Digest.Of(Encoding.UTF8.GetBytes(value))).Append(" variable ").Append(name).Append('\n');
        return Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Puts the files where they are in the working folder.</summary>
    /// <returns>The copy of the script.</returns>
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

    /// <summary>Files that .NET looks for by itself: <c>Directory.Build.props</c>, <c>.editorconfig</c> …</summary>
    static bool IsFoundByName(RelativePath path) =>
        path.Name.StartsWith("Directory.", StringComparison.OrdinalIgnoreCase)
        || FoundByName.Contains(path.Name.ToLowerInvariant());

    static IEnumerable<RelativePath> Others(string workingFolder) => Directory.EnumerateFileSystemEntries(workingFolder)
        .Where(entry => IsOfStage(Path.GetFileName(entry)))
        .SelectMany(entry => Directory.Exists(entry) ? Directory.EnumerateFiles(entry, "*", SearchOption.AllDirectories) : [entry])
        .Select(file => RelativePath.OfSegments(Path.GetRelativePath(workingFolder, file).Split(Path.DirectorySeparatorChar)))
        .Where(path => !IsResponse(path));

    /// <summary>Options that MSBuild reads from such a file can name any file of the machine, which no stage declares. So the file is not copied.</summary>
    static bool IsResponse(RelativePath path) => path.Name.EndsWith(".rsp", StringComparison.OrdinalIgnoreCase);

    /// <summary>Neither inputs nor outputs, nor what Lightnix itself puts into a working folder.</summary>
    static bool IsOfStage(string name) =>
        name is not (WorkingFolder.Home or WorkingFolder.Temporary) && !SourceReader.IsReserved(RelativePath.Parse(name));

    static Digest DigestOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Digest.Of(stream);
    }

    static string Place(string folder, RelativePath path) => Path.Combine(folder, path.ToString().Replace('/', Path.DirectorySeparatorChar));
}
