using System.Collections.Immutable;
using System.Text;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Building;

/// <summary>What a C# script is compiled from: itself, and when it names other files (<c>#:include</c>, <c>#:project</c>), the code among the sources of its stage.</summary>
sealed class ScriptSources
{
    static readonly ImmutableArray<string> Naming = ["#:include", "#:project", "#:ref"];
    static readonly ImmutableHashSet<string> Code = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, ".cs", ".csproj", ".props", ".targets");

    ScriptSources(RelativePath script, ImmutableSortedDictionary<RelativePath, byte[]> files) => (Script, Files) = (script, files);

    public RelativePath Script { get; }

    public ImmutableSortedDictionary<RelativePath, byte[]> Files { get; }

    public static ScriptSources Read(string workingFolder, RelativePath script)
    {
        var bytes = File.ReadAllBytes(Path.Combine(workingFolder, script.ToString()));
        var files = ImmutableSortedDictionary<RelativePath, byte[]>.Empty.Add(script, bytes);
        var namesOthers = Encoding.UTF8.GetString(bytes).Split('\n').Any(line => Naming.Any(n => line.TrimStart().StartsWith(n, StringComparison.Ordinal)));
        return new(script, namesOthers ? files.SetItems(Others(workingFolder)) : files);
    }

    /// <summary>Neither inputs nor outputs, nor what Lightnix itself keeps in hidden folders.</summary>
    static IEnumerable<KeyValuePair<RelativePath, byte[]>> Others(string workingFolder) => Directory.EnumerateFileSystemEntries(workingFolder)
        .Where(entry => Path.GetFileName(entry) is var name && name is not ("in" or "out") && !name.StartsWith('.'))
        .SelectMany(entry => Directory.Exists(entry) ? Directory.EnumerateFiles(entry, "*", SearchOption.AllDirectories) : [entry])
        .Where(file => Code.Contains(Path.GetExtension(file)))
        .Select(file => KeyValuePair.Create(RelativePath.OfSegments(Path.GetRelativePath(workingFolder, file).Split(Path.DirectorySeparatorChar)), File.ReadAllBytes(file)));

    /// <summary>The same for the same code at the same places, compiled by the same.</summary>
    public Digest Key(string compiler)
    {
        var text = new StringBuilder($"lightnix/script/1\n{compiler}\n{Script}\n");
        foreach (var (path, bytes) in Files)
            text.Append(Digest.Of(bytes)).Append(' ').Append(path).Append('\n');
        return Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
