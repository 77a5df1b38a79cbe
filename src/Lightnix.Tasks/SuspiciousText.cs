using System.Buffers;
using System.Xml;
using Lightnix.Model;
using Lightnix.Planning;

namespace Lightnix.Tasks;

/// <summary>A cheap look at a project file's text: whether MSBuild may have made something else of a stage or a promise before anybody saw it. Only then is evaluating again worth its time.</summary>
static class SuspiciousText
{
    static readonly SearchValues<char> EndsOfNames = SearchValues.Create(" \t\r\n/><");

    static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, IgnoreComments = true, CloseInput = true };

    public static bool IsIn(string file)
    {
        var text = Read(file);
        return HasMisspelledItem(text)
            || ((text.Contains("$(", StringComparison.Ordinal) || text.Contains("@(", StringComparison.Ordinal) || text.Contains('*', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal))
                && IsInXml(text));
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
        catch (IOException)
        {
            // Gone since it was evaluated: there is nothing to compare with.
            return "";
        }
    }

    static bool IsInXml(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return IsIn(reader);
        }
        catch (XmlException)
        {
            // A condition kept MSBuild from reading it, or it would have said so.
            return false;
        }
    }

    static bool IsIn(XmlReader reader)
    {
        var stage = -1;
        var metadata = "";
        while (reader.Read())
        {
            if (stage >= reader.Depth && reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
                stage = -1;
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (IsNamed(reader, nameof(ItemKind.Promise)) && reader.GetAttribute("Include") is { } include && include.AsSpan().IndexOfAny('*', '?') >= 0)
                    return true;
                if (stage < 0 && IsNamed(reader, nameof(ItemKind.Stage)))
                    stage = reader.Depth;
                metadata = reader.LocalName;
                if (stage >= 0 && HasReference(reader))
                    return true;
            }
            else if (stage >= 0 && HasReference(metadata, reader.Value))
            {
                return true;
            }
        }
        return false;
    }

    // As MSBuild, which finds an item under <stage>, too.
    static bool IsNamed(XmlReader reader, string name) => string.Equals(reader.LocalName, name, StringComparison.OrdinalIgnoreCase);

    static bool HasReference(XmlReader reader)
    {
        while (reader.MoveToNextAttribute())
        {
            if (HasReference(reader.LocalName, reader.Value))
                return true;
        }
        reader.MoveToElement();
        return false;
    }

    // A list of items is what Inputs and the like are for.
    static bool HasReference(string metadata, string value) =>
        value.Contains("$(", StringComparison.Ordinal)
        || (value.Contains("@(", StringComparison.Ordinal) && WrittenText.CommandLines.Contains(metadata, StringComparer.OrdinalIgnoreCase));
}
