using System.Text.RegularExpressions;
using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Globbing;

namespace Lightnix.Tasks;

/// <summary>Finds the wildcards of sources that match no file, which MSBuild drops: LNX1022.</summary>
static partial class EmptyWildcards
{
    const string ItemType = nameof(ItemKind.Source);

    // An unreadable folder has no names to guess from.
    static readonly EnumerationOptions Readable = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    public static IEnumerable<Diagnostic> In(Project project)
    {
        var items = project.GetItems(ItemType).ToLookup(item => item.Xml);
        return from glob in project.GetAllGlobs(ItemType)
               from wildcard in glob.IncludeGlobs
               let matcher = MSBuildGlob.Parse(project.DirectoryPath, wildcard)
               where !items[glob.ItemElement].Any(item => matcher.IsMatch(item.EvaluatedInclude)) && !FindsAny(project, wildcard)
               select Explain(project.DirectoryPath, wildcard) with { Place = ProjectPlaces.At(glob.ItemElement) };
    }

    // The files may have been excluded or removed. Only MSBuild knows what MSBuild finds, so a project with this wildcard alone is
    // evaluated.
    static bool FindsAny(Project project, string wildcard)
    {
        using var collection = new ProjectCollection();
        var root = ProjectRootElement.Create(collection);
        root.FullPath = Path.Combine(project.DirectoryPath, $".{ItemType}.proj");
        root.AddItem(ItemType, wildcard);
        return new Project(root, null, null, collection).GetItems(ItemType).Count > 0;
    }

    static Diagnostic Explain(string directory, string wildcard)
    {
        var start = wildcard[..wildcard.AsSpan().IndexOfAny('*', '?')].Replace('\\', '/');
        var folder = Path.GetFullPath(start[..(start.LastIndexOf('/') + 1)], directory).TrimEnd('/');
        if (Escape.Match(folder) is { Success: true } escape)
            return WrittenErrors.WildcardInEscapedFolder(wildcard, folder, escape.Value);
        if (folder.Length == 0 || Directory.Exists(folder))
            return WrittenErrors.EmptyWildcard(wildcard);
        var parent = Path.GetDirectoryName(folder);
        var beside = Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, "*", Readable).Select(d => Path.GetFileName(d)).ToList()
            : [];
        return WrittenErrors.EmptyWildcard(wildcard, folder, Spelling.Nearest(Path.GetFileName(folder), beside));
    }

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Escape { get; }
}
