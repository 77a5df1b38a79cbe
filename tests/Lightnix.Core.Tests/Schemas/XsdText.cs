using System.Xml.Linq;

namespace Lightnix.Schemas;

/// <summary>
/// The XML schema of a project with stages. What is not Lightnix's is let through; what is, is known to the last attribute.
/// </summary>
static class XsdText
{
    static readonly XNamespace Xs = "http://www.w3.org/2001/XMLSchema";

    static readonly ImmutableArray<string> MSBuildAttributes =
        ["Include", "Exclude", "Remove", "Update", "Condition", "Label", "KeepDuplicates", "KeepMetadata", "RemoveMetadata",
            "MatchOnMetadata", "MatchOnMetadataOptions"];

    static readonly ImmutableArray<string> Containers =
        ["Project", "PropertyGroup", "ItemGroup", "ItemDefinitionGroup", "Target", "Choose", "When", "Otherwise", "ImportGroup"];

    const int MaxColumns = 140;

    public static string Make() =>
        $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{string.Concat(Lines(Schema(), "").Select(line => line + "\n"))}";

    // An element that fits is one line; others have a line for each child.
    static IEnumerable<string> Lines(XElement element, string indent)
    {
        var whole = indent + Text(element);
        if (whole.Length <= MaxColumns || !element.HasElements)
            return [whole];
        return
        [
            whole[..(whole.IndexOf('>', StringComparison.Ordinal) + 1)],
            .. element.Nodes().SelectMany(n => n is XElement child ? Lines(child, indent + "  ") : [$"{indent}  {n}"]),
            $"{indent}</xs:{element.Name.LocalName}>",
        ];
    }

    // Without the declaration of the prefix, which the root alone has.
    static string Text(XElement element)
    {
        var declaration = new XAttribute(XNamespace.Xmlns + "xs", Xs.NamespaceName);
        var text = new XElement(element.Name, declaration, element.Attributes(), element.Nodes()).ToString(SaveOptions.DisableFormatting);
        return element.Parent is null ? text : text.Replace($" {declaration}", "", StringComparison.Ordinal);
    }

    static XElement Schema() => new(
        Xs + "schema",
        new XAttribute("elementFormDefault", "qualified"),
        new XComment(" Made from Lightnix.Items.props and Lightnix.Properties.props by a test (Schemas); edit those. "),
        Containers.Select(c => new XElement(Xs + "element", new XAttribute("name", c), new XAttribute("type", "Container"))),
        Described.Items.Select(Item),
        Described.Properties.Select(p =>
            new XElement(Xs + "element", new XAttribute("name", p.Name), new XAttribute("type", "Property"), Sentence(p))),
        Container(),
        TextWith("Property", "Condition", "Label"),
        TextWith("Metadatum", "Condition"),
        new XElement(Xs + "attributeGroup", new XAttribute("name", "OfMSBuild"), MSBuildAttributes.Select(Attribute)));

    static XElement TextWith(string name, params string[] attributes) => new(
        Xs + "complexType",
        new XAttribute("name", name),
        new XElement(Xs + "simpleContent",
            new XElement(Xs + "extension", new XAttribute("base", "xs:string"), attributes.Select(Attribute))));

    // With 'lax', whatever has a declaration here is checked, wherever it stands.
    static XElement Container() => new(
        Xs + "complexType",
        new XAttribute("name", "Container"),
        new XAttribute("mixed", "true"),
        new XElement(Xs + "sequence", new XElement(Xs + "any", new XAttribute("minOccurs", "0"), new XAttribute("maxOccurs", "unbounded"),
            new XAttribute("processContents", "lax"))),
        new XElement(Xs + "anyAttribute", new XAttribute("processContents", "lax")));

    static XElement Item(Thing item) => new(
        Xs + "element",
        new XAttribute("name", item.Name),
        Sentence(item),
        new XElement(
            Xs + "complexType",
            new XElement(
                Xs + "choice",
                new XAttribute("minOccurs", "0"),
                new XAttribute("maxOccurs", "unbounded"),
                item.Metadata.Select(m =>
                    new XElement(Xs + "element", new XAttribute("name", m.Name), new XAttribute("type", "Metadatum"), Sentence(m)))),
            item.Metadata.Select(m => new XElement(Xs + "attribute", new XAttribute("name", m.Name),
                m.Values.IsEmpty ? new XAttribute("type", "xs:string") : null, Sentence(m), Values(m))),
            new XElement(Xs + "attributeGroup", new XAttribute("ref", "OfMSBuild"))));

    // A list to choose from, or any text: MSBuild may make the value of something else.
    static XElement? Values(Thing thing) => thing.Values.IsEmpty ? null : new(
        Xs + "simpleType",
        new XElement(
            Xs + "union",
            new XAttribute("memberTypes", "xs:string"),
            new XElement(Xs + "simpleType",
                new XElement(Xs + "restriction", new XAttribute("base", "xs:string"),
                thing.Values.Select(v => new XElement(Xs + "enumeration", new XAttribute("value", v)))))));

    static XElement Attribute(string name) => new(Xs + "attribute", new XAttribute("name", name), new XAttribute("type", "xs:string"));

    static XElement Sentence(Thing thing) => new(Xs + "annotation", new XElement(Xs + "documentation", thing.Sentence));
}
