using System.Xml.Linq;
using Lightnix.Model;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Torture;

/// <summary>Projects as files of items, read without MSBuild: what it would hand over.</summary>
static class Projects
{
    /// <summary>What builds a project file's items against a store.</summary>
    /// <param name="links">A folder for the links and for what can be made again.</param>
    public static ProjectRequest Request(string project, string store, string links, Disk? disk = null, string sandbox = "None",
        int parallel = 4)
    {
        var items = XElement.Load(project).Elements().GroupBy(e => e.Name.LocalName).SelectMany(g => g.Select((e, i) => new DeclaredItem(
            Enum.Parse<ItemKind>(g.Key), e.Attribute("Include")!.Value,
            e.Attributes().Where(a => a.Name != "Include")
                .ToImmutableSortedDictionary(a => a.Name.LocalName, a => a.Value.Replace("%", "%25", StringComparison.Ordinal),
                StringComparer.OrdinalIgnoreCase), i)));
        return new()
        {
            Options = new() { ProjectFile = project, Cores = parallel, Sandbox = sandbox },
            Project = new()
            {
                Name = Path.GetFileNameWithoutExtension(project),
                Directory = Path.GetDirectoryName(project)!,
                Items =
                [.. items]
            },
            Store = store,
            LinkFolder = Path.Combine(links, "bin"),
            IntermediateFolder = Path.Combine(links, "obj"),
            Disk = disk,
        };
    }

    public static XElement Stage(string name, string builder, string value, params (string Name, string Value)[] more) =>
        Item("Stage", name, [(builder, value), .. more]);

    public static XElement Promise(string stage, string path, params (string Name, string Value)[] more) =>
        Item("Promise", path, [("Stage", stage), .. more]);

    public static XElement Matcher(string stage, params (string Name, string Value)[] more) => Item("Matcher", stage, more);

    static XElement Item(string kind, string include, (string Name, string Value)[] metadata) =>
        new(kind, [new XAttribute("Include", include), .. metadata.Select(m => new XAttribute(m.Name, m.Value))]);
}
