using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Lightnix.Cli;

/// <summary>The data projects of a solution, by the names that MSBuild gives them in targets: <c>folder\data:LightnixPlan</c>.</summary>
static partial class SolutionProjects
{
    // MSBuild writes these as _ in names of targets.
    const string Replaced = "%$@;.()'";

    /// <summary>Names of projects that have stages, or may have some.</summary>
    public static ImmutableArray<string> WithStages(string solution)
    {
        var folder = Path.GetDirectoryName(solution)!;
        var all = Path.GetExtension(solution).Equals(".slnx", StringComparison.OrdinalIgnoreCase) ? OfXml(solution) : OfText(solution);
        ImmutableArray<string> found = [.. all
            .Where(p => HasStages(Path.GetFullPath(p.Path.Replace('\\', Path.DirectorySeparatorChar), folder)))
            .Select(p => string.Concat(p.Name.Select(c => Replaced.Contains(c) ? '_' : c)))];
        return found.IsEmpty ? throw new MistakeException($"the solution '{solution}' has no data project: name a project with --project")
            : found;
    }

    // A C# project may have stages too: then it names the SDK.
    static bool HasStages(string project) => File.Exists(project)
        && (project.EndsWith(".lnproj", StringComparison.OrdinalIgnoreCase)
            || File.ReadAllText(project).Contains("Lightnix.Sdk", StringComparison.OrdinalIgnoreCase));

    static IEnumerable<(string Name, string Path)> OfXml(string solution)
    {
        XElement root;
        try
        {
            root = XDocument.Load(solution).Root!;
        }
        catch (XmlException e)
        {
            throw new MistakeException($"the solution '{solution}' is no XML: {e.Message}");
        }
        foreach (var project in root.Descendants("Project"))
        {
            var path = project.Attribute("Path")?.Value ?? "";
            var name = project.Attribute("DisplayName")?.Value ?? NameOf(path);
            var above = project.Parent?.Attribute("Name")?.Value.Trim('/').Replace('/', '\\') ?? "";
            yield return (above.Length == 0 ? name : $@"{above}\{name}", path);
        }
    }

    static IEnumerable<(string Name, string Path)> OfText(string solution)
    {
        var text = File.ReadAllText(solution);
        var entries = Entry().Matches(text).ToDictionary(m => m.Groups["id"].Value,
            m => (Name: m.Groups["name"].Value, Path: m.Groups["path"].Value), StringComparer.OrdinalIgnoreCase);
        var above = Nesting().Matches(text).ToLookup(m => m.Groups["child"].Value, m => m.Groups["parent"].Value,
            StringComparer.OrdinalIgnoreCase);
        // A folder is an entry whose path is its name.
        return entries.Where(e => e.Value.Path != e.Value.Name).Select(e => (Full(e.Key, 0), e.Value.Path));

        string Full(string id, int depth)
        {
            var parent = depth > entries.Count ? null : above[id].FirstOrDefault();
            return parent is null || !entries.ContainsKey(parent) ? entries[id].Name : $@"{Full(parent, depth + 1)}\{entries[id].Name}";
        }
    }

    static string NameOf(string path) => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));

    [GeneratedRegex("""^Project\("[^"]*"\)\s*=\s*"(?<name>[^"]*)",\s*"(?<path>[^"]*)",\s*"(?<id>[^"]*)"\s*$""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\s*(?<child>\{[0-9A-F-]{36}\})\s*=\s*(?<parent>\{[0-9A-F-]{36}\})\s*$",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Nesting();
}
