using System.Buffers;
using System.Xml;

namespace Lightnix.Tasks;

/// <summary>A cheap look at a project file's text: whether MSBuild may have replaced a part of a stage or a promise. Only then is another
/// evaluation worth its time.</summary>
static class SuspiciousText
{
    static readonly SearchValues<char> EndsOfNames = SearchValues.Create(" \t\r\n/><");

    // Wildcards, references to properties, items and metadata, and updates.
    static readonly SearchValues<string> Marks =
        SearchValues.Create(["$(", "@(", "%(", "*", "?", "Update="], StringComparison.Ordinal);

    static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, IgnoreComments = true, CloseInput = true };

    /// <param name="found">The items that MSBuild made of the text.</param>
    public static bool IsIn(string file, FoundItems found)
    {
        var text = Read(file);
        return HasMisspelledItem(text) || (text.AsSpan().ContainsAny(Marks) && IsInXml(file, text, found));
    }

    /// <summary>A file's text; empty where the file cannot be read.</summary>
    public static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file has gone, or MSBuild never read it: there is nothing to compare with.
            return "";
        }
    }

    // Each name is compared once, and there are few names: ten thousand stages cost two milliseconds.
    static bool HasMisspelledItem(string text)
    {
        var rest = text.AsSpan();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = seen.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = rest.IndexOf('<'); at >= 0; at = rest.IndexOf('<'))
        {
            rest = rest[(at + 1)..];
            var end = rest.IndexOfAny(EndsOfNames);
            if (end > 0
                && names.Add(rest[..end])
                && MisspelledItems.Meant(rest[..end]) is not null
                && !ItemReferences.AreIn(text, rest[..end].ToString()))
            {
                return true;
            }
        }
        return false;
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
            // A condition kept MSBuild from reading the file, or MSBuild would have reported it.
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

    // Without regard to case, as MSBuild compares them.
    static ItemKind? KindOf(string name) => name.ToUpperInvariant() switch
    {
        "STAGE" => ItemKind.Stage,
        "SOURCE" => ItemKind.Source,
        "PROMISE" => ItemKind.Promise,
        "MATCHER" => ItemKind.Matcher,
        _ => null,
    };

    static bool HasReference(XmlReader reader, ItemKind kind, string file, string text, FoundItems found)
    {
        while (reader.MoveToNextAttribute())
        {
            if (IsSuspicious(reader, kind, file, text, found))
                return true;
        }
        reader.MoveToElement();
        return false;
    }

    static bool IsSuspicious(XmlReader attribute, ItemKind kind, string file, string text, FoundItems found) => attribute.LocalName switch
    {
        "Include" => HasReference(kind, "Include", attribute.Value, text) || HasWildcard(kind, attribute.Value, file, found),
        "Exclude" => HasReference(kind, "Include", attribute.Value, text),
        "Update" => kind != ItemKind.Source && !found.Names(kind, attribute.Value),
        "Remove" or "Condition" or "Label" => false,
        _ => HasReference(kind, attribute.LocalName, attribute.Value, text),
    };

    // A wildcard of a source is suspicious where no source matches it: MSBuild reports nothing there.
    static bool HasWildcard(ItemKind kind, string include, string file, FoundItems found) =>
        FoundItems.IsWildcard(include) && (kind != ItemKind.Source || !found.Match(include, file));

    static bool HasReference(ItemKind kind, string metadata, string value, string text)
    {
        var isInclude = metadata == "Include";
        if (!isInclude && !CountedTexts.Holds(kind, metadata))
            return false;
        return PropertyReferences.In(value).Any(r => !r.IsBuiltIn)
            || HasItems(metadata, isInclude, value, text)
            || (!isInclude && !MetadataReferences.In(value).IsEmpty);
    }

    // Inputs and its like are made for lists of items, and an Include for items that the same file declares.
    static bool HasItems(string metadata, bool isInclude, string value, string text)
    {
        if (!value.Contains("@(", StringComparison.Ordinal) || !CountedTexts.IsText(metadata))
            return false;
        return !isInclude || ItemReferences.In(value).Any(r => !text.Contains($"<{r.Name} ", StringComparison.Ordinal));
    }
}
