using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lightnix.Schemas;

namespace Lightnix.House;

/// <summary>The Markdown files of the repository: links lead to what is there, and lines end where a reader's window does.</summary>
public sealed partial class The_pages_of_the_docs
{
    const int MaxColumns = 140;

    public static TheoryData<string> Pages =>
    [
        .. new[] { ".", "docs", "docs/decisions", "samples" }
            .Select(folder => Path.Combine(RepositoryRoot.Folder, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.md"))
            .Select(file => Path.GetRelativePath(RepositoryRoot.Folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    [Theory, MemberData(nameof(Pages))]
    public void Have_links_that_lead_somewhere(string page) => Assert.DoesNotContain(
        Link().Matches(Prose(page)).Select(m => m.Groups["to"].Value),
        to => !to.StartsWith("http", StringComparison.Ordinal) && !Leads(page, to));

    [Theory, MemberData(nameof(Pages))]
    public void Have_lines_that_are_not_too_long(string page) =>
        Assert.DoesNotContain(Lines(page), line => line.Length > MaxColumns && !line.StartsWith('|'));

    [Theory, MemberData(nameof(Pages))]
    public void Have_paragraphs_that_are_not_too_long(string page) => Assert.Empty(
        LongParagraph().Matches(Prose(page)).Select(m => m.Value[..Math.Min(m.Length, MaxColumns)]));

    [Theory, MemberData(nameof(Pages))]
    public void Have_items_with_metadata_that_are_known(string page) => Assert.All(
        from block in XmlBlock().Matches(File.ReadAllText(RepositoryRoot.File(page)))
        from element in XElement.Parse($"<Page>{block.Groups["text"].Value}</Page>").Descendants()
        from item in Described.Items.Where(i => i.Name == element.Name.LocalName)
        from name in element.Attributes().Select(a => a.Name.LocalName).Concat(element.Elements().Select(e => e.Name.LocalName))
        where name is not ("Include" or "Condition")
        select (item, name),
        pair => Assert.Contains(pair.name, pair.item.Metadata.Select(m => m.Name)));

    static bool Leads(string page, string to)
    {
        var (file, anchor) = to.Split('#') is [var path, var name] ? (path, name) : (to, "");
        var target = file.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, file);
        var full = Path.Combine(RepositoryRoot.Folder, target);
        return anchor.Length == 0
            ? File.Exists(full) || Directory.Exists(full)
            : File.Exists(full) && Heading().Matches(Prose(target)).Any(m => Anchor(m.Groups["text"].Value) == anchor);
    }

    /// <summary>As GitHub makes it.</summary>
    static string Anchor(string heading) => Dropped().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    static string[] Lines(string page) => File.ReadAllLines(RepositoryRoot.File(page));

    static string Prose(string page) => CodeBlock().Replace(File.ReadAllText(RepositoryRoot.File(page)), "\n");

    [GeneratedRegex(@"(?<!`)\[[^\]]*\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Dropped();

    [GeneratedRegex(@"^ *```(.*\n)*?^ *```$", RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^```xml.*\n(?<text>(.*\n)*?)```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex XmlBlock();

    // A list item is a paragraph of its own; rows of tables and headings are none.
    [GeneratedRegex(@"(?<=^|\n)(?![|#\s])[^\n]+(\n(?![|#]|\s*- |\s*\d+\. )[^\n]+){5,}")]
    private static partial Regex LongParagraph();
}
