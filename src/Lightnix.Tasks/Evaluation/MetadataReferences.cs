using System.Text.RegularExpressions;

namespace Lightnix.Tasks;

/// <summary>Finds <c>%(name)</c> in the text of an item. MSBuild replaces it by metadata of that item, where the author may have meant a
/// format of Python.</summary>
static partial class MetadataReferences
{
    // Every item has these, some of them empty.
    static readonly ImmutableSortedSet<string> BuiltIn = ImmutableSortedSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "FullPath", "RootDir", "Filename", "Extension", "RelativeDir", "Directory", "RecursiveDir", "Identity", "ModifiedTime",
        "CreatedTime", "AccessedTime", "DefiningProjectFullPath", "DefiningProjectDirectory", "DefiningProjectName",
        "DefiningProjectExtension");

    /// <summary>References to metadata that not all items have. A transform (<c>@(Csv->'%(Filename)')</c>) refers to other items.</summary>
    public static ImmutableArray<ItemReference> In(string unevaluated)
    {
        if (!unevaluated.Contains("%(", StringComparison.Ordinal))
            return [];
        var own = ItemReferences.In(unevaluated)
            .Aggregate(unevaluated, (text, items) => text.Replace(items.Text, "", StringComparison.Ordinal));
        return
        [
            .. Reference.Matches(own)
                .Select(m => new ItemReference(m.Value, m.Groups["name"].Value))
                .Where(r => !BuiltIn.Contains(r.Name)),
        ];
    }

    [GeneratedRegex(
        @"%\(\s*([A-Za-z_][A-Za-z_0-9\-]*\s*\.\s*)?(?<name>[A-Za-z_][A-Za-z_0-9\-]*)\s*\)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Reference { get; }
}
