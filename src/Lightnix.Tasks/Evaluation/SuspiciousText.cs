using System.Buffers;
using System.Xml;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Tasks;

/// <summary>A cheap look at a project file's text: whether MSBuild may have made something else of a stage or a promise before anybody saw it. Only then is evaluating again worth its time.</summary>
static class SuspiciousText
{
    static readonly SearchValues<char> EndsOfNames = SearchValues.Create(" \t\r\n/><");

    // Of wildcards, of references to properties, items and metadata, and of updates.
    static readonly SearchValues<string> Marks = SearchValues.Create(["$(", "@(", "%(", "*", "?", "Update="], StringComparison.Ordinal);

    static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, IgnoreComments = true, CloseInput = true };

    /// <param name="found">What MSBuild made of the items.</param>
    public static bool IsIn(string file, FoundItems found)
    {
        var text = Read(file);
        return HasMisspelledItem(text) || (text.AsSpan().ContainsAny(Marks) && IsInXml(file, text, found));
    }

    // Each name is looked at once, and there are few: ten thousand stages cost two milliseconds.
    static bool HasMisspelledItem(string text)
    {
        var rest = text.AsSpan();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = seen.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = rest.IndexOf('<'); at >= 0; at = rest.IndexOf('<'))
        {
            rest = rest[(at + 1)..];
            var end = rest.IndexOfAny(EndsOfNames);
            if (end > 0 && names.Add(rest[..end]) && MisspelledItems.Meant(rest[..end]) is not null && !ItemReferences.AreIn(text, rest[..end].ToString()))
                return true;
        }
        return false;
    }

    /// <summary>A file's text; nothing where it cannot be read.</summary>
    public static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone since it was evaluated, or never read: there is nothing to compare with.
            return "";
        }
    }

    static bool IsInXml(string file, string text, FoundItems found)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return IsIn(reader, file, text, found);
        }
        catch (XmlException)
        {
            // A condition kept MSBuild from reading it, or it would have said so.
            return false;
        }
    }

    static bool IsIn(XmlReader reader, string file, string text, FoundItems found)
    {
        var (item, depth, metadata) = (default(ItemKind?), 0, "");
        while (reader.Read())
        {
            if (item is not null && depth >= reader.Depth && reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
                item = null;
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (item is null && KindOf(reader.LocalName) is { } kind)
                    (item, depth) = (kind, reader.Depth);
                metadata = reader.LocalName;
                if (item is not null && HasReference(reader, item.Value, file, text, found))
                    return true;
            }
            else if (item is not null && HasReference(item.Value, metadata, reader.Value, text))
            {
                return true;
            }
        }
        return false;
    }

    // As MSBuild, which finds an item under <stage>, too.
    static ItemKind? KindOf(string name) => name.Length is < 5 or > 7 ? null
        : Enum.GetValues<ItemKind>().Where(kind => string.Equals(name, kind.ToString(), StringComparison.OrdinalIgnoreCase)).Cast<ItemKind?>().FirstOrDefault();

    static bool HasReference(XmlReader reader, ItemKind kind, string file, string text, FoundItems found)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.LocalName switch
            {
                "Include" => HasReference(kind, "Include", reader.Value, text) || HasWildcard(kind, reader.Value, file, found),
                "Exclude" => HasReference(kind, "Include", reader.Value, text),
                "Update" => kind != ItemKind.Source && !found.Names(kind, reader.Value),
                "Remove" or "Condition" or "Label" => false,
                _ => HasReference(kind, reader.LocalName, reader.Value, text),
            })
            {
                return true;
            }
        }
        reader.MoveToElement();
        return false;
    }

    // What no source was found by is looked at again: MSBuild tells nobody.
    static bool HasWildcard(ItemKind kind, string include, string file, FoundItems found) =>
        include.AsSpan().ContainsAny('*', '?') && (kind != ItemKind.Source || !found.Match(include, file));

    // A list of items is what Inputs and the like are for; MSBuild's own properties are always there.
    static bool HasReference(ItemKind kind, string metadata, string value, string text) =>
        (metadata == "Include" || CountedTexts.Holds(kind, metadata))
        && ((value.Contains("$(", StringComparison.Ordinal) && PropertyReferences.In(value).Any(r => !r.IsBuiltIn))
            || (value.Contains("@(", StringComparison.Ordinal) && CountedTexts.IsText(metadata) && (metadata != "Include" || ItemReferences.In(value).Any(r => !text.Contains($"<{r.Name} ", StringComparison.Ordinal))))
            || (metadata != "Include" && MetadataReferences.In(value).Length > 0));
}
