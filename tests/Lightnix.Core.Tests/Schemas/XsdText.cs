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

    public static string Make() => "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + new XElement(
        Xs + "schema",
        new XAttribute(XNamespace.Xmlns + "xs", Xs.NamespaceName),
        new XAttribute("elementFormDefault", "qualified"),
        new XComment(" Made from Lightnix.Items.props and Lightnix.Properties.props by a test (Schemas); edit those. "),
        Containers.Select(c => new XElement(Xs + "element", new XAttribute("name", c), Open())),
        Described.Items.Select(Item),
        Described.Properties.Select(p => new XElement(Xs + "element", new XAttribute("name", p.Name), Sentence(p), new XElement(
            Xs + "complexType",
            new XElement(Xs + "simpleContent",
                new XElement(Xs + "extension", new XAttribute("base", "xs:string"), Attribute("Condition"), Attribute("Label")))))),
        new XElement(Xs + "attributeGroup", new XAttribute("name", "OfMSBuild"), MSBuildAttributes.Select(Attribute))).ToString()
            .ReplaceLineEndings("\n") + "\n";

    // With 'lax', whatever has a declaration here is checked, wherever it stands.
    static XElement Open() => new(
        Xs + "complexType",
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
                item.Metadata.Select(m => new XElement(Xs + "element", new XAttribute("name", m.Name), Sentence(m), new XElement(
                    Xs + "complexType",
                    new XElement(Xs + "simpleContent",
                        new XElement(Xs + "extension", new XAttribute("base", "xs:string"), Attribute("Condition"))))))),
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
