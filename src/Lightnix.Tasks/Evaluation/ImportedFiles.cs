using System.Xml;

namespace Lightnix.Tasks;

/// <summary>Project files that others import, as far as their text says. Items do not name every file: a file whose only promise MSBuild
/// dropped, or that only updates a stage, defines none. Asking MSBuild would be another evaluation. A path with an unknown property is left
/// out.</summary>
static class ImportedFiles
{
    static readonly string[] Everywhere = ["Directory.Build.props", "Directory.Build.targets"];
    static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, IgnoreComments = true };

    /// <summary>The files, and what they import. The first is the project, which also imports the nearest <c>Directory.Build.props</c> and
    /// <c>.targets</c>.</summary>
    public static IReadOnlyCollection<string> With(string projectFile, IEnumerable<string> files)
    {
        var folder = Path.GetDirectoryName(projectFile)!;
        var open = new Queue<string>([projectFile, .. files, .. Everywhere.Select(name => Above(folder, name)).OfType<string>()]);
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        while (open.TryDequeue(out var file))
        {
            if (!seen.Add(file))
                continue;
            foreach (var import in Imports(file, folder).Where(File.Exists))
                open.Enqueue(import);
        }
        return seen;
    }

    static string? Above(string folder, string name)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            var file = Path.Combine(at, name);
            if (File.Exists(file))
                return file;
        }
        return null;
    }

    static List<string> Imports(string file, string projectFolder)
    {
        var imports = new List<string>();
        var text = SuspiciousText.Read(file);
        if (!text.Contains("<Import", StringComparison.Ordinal))
            return imports;
        var folder = Path.GetDirectoryName(file)!;
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "Import" }
                    && reader.GetAttribute("Sdk") is null
                    && Resolve(reader.GetAttribute("Project"), folder, projectFolder) is { } import)
                {
                    imports.Add(import);
                }
            }
        }
        catch (XmlException)
        {
            // A condition kept MSBuild from reading the file, or MSBuild would have reported it.
        }
        return imports;
    }

    static string? Resolve(string? written, string folder, string projectFolder)
    {
        var path = written?
            .Replace("$(MSBuildThisFileDirectory)", folder + '/', StringComparison.OrdinalIgnoreCase)
            .Replace("$(MSBuildProjectDirectory)", projectFolder, StringComparison.OrdinalIgnoreCase)
            .Replace('\\', '/');
        return path is null || path.AsSpan().ContainsAny("*?%\0") || path.Contains("$(", StringComparison.Ordinal)
            ? null
            : Path.GetFullPath(path, folder);
    }
}
