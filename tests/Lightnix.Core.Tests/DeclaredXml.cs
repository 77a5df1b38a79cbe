using System.Xml.Linq;
using Lightnix.Model;

namespace Lightnix;

/// <summary>
/// Items in the text that authors write, without MSBuild: attributes and child elements are metadata, a list in Include makes several
/// items.
/// </summary>
static class DeclaredXml
{
    /// <param name="literal">A <c>%</c> stands for itself; otherwise it begins an escape, as MSBuild has them.</param>
    public static ImmutableArray<DeclaredItem> Items(string xml, bool literal = false) =>
        Number(XElement.Parse($"<Project>{xml}</Project>", LoadOptions.PreserveWhitespace).Elements().SelectMany(e => Items(e, literal)));

    /// <summary>The same items, numbered anew.</summary>
    public static ImmutableArray<DeclaredItem> Number(IEnumerable<DeclaredItem> items) =>
        [.. items.GroupBy(i => i.Kind).SelectMany(g => g.Select((item, n) => item with { Ordinal = n }))];

    static IEnumerable<DeclaredItem> Items(XElement element, bool literal)
    {
        var metadata = element.Attributes().Where(a => a.Name != "Include").Select(a => (a.Name.LocalName, a.Value))
            .Concat(element.Elements().Select(e => (e.Name.LocalName, e.Value)))
            .Where(m => m.Value.Length > 0)
            .ToImmutableSortedDictionary(
                m => m.LocalName, m => literal ? m.Value.Replace("%", "%25", StringComparison.Ordinal) : m.Value,
                StringComparer.OrdinalIgnoreCase);
        return from include in element.Attribute("Include")!.Value.Split(';')
               select new DeclaredItem(Enum.Parse<ItemKind>(element.Name.LocalName), include, metadata, 0);
    }
}
