using System.Xml;

namespace Lightnix.Tasks;

/// <summary>A cheap look at a project file's text: whether MSBuild may have made something else of a stage or a promise before anybody saw it. Only then is evaluating again worth its time.</summary>
static class SuspiciousText
{
    static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Ignore, IgnoreComments = true, CloseInput = true };

    public static bool IsIn(string file)
    {
        var text = Read(file);
        return (text.Contains("$(", StringComparison.Ordinal) || text.Contains('*', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal))
            && IsInXml(text);
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
        while (reader.Read())
        {
            if (stage >= reader.Depth && reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
                stage = -1;
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (reader.LocalName == "Promise" && reader.GetAttribute("Include") is { } include && include.AsSpan().IndexOfAny('*', '?') >= 0)
                    return true;
                if (stage < 0 && reader.LocalName == "Stage")
                    stage = reader.Depth;
                if (stage >= 0 && HasReference(reader))
                    return true;
            }
            else if (stage >= 0 && reader.Value.Contains("$(", StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    static bool HasReference(XmlReader reader)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.Value.Contains("$(", StringComparison.Ordinal))
                return true;
        }
        reader.MoveToElement();
        return false;
    }
}
