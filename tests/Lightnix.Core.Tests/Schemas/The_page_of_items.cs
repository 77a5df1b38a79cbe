using System.Text.RegularExpressions;

namespace Lightnix.Schemas;

/// <summary>docs/items.md beside sdk/Lightnix.Items.props.</summary>
public sealed partial class The_page_of_items
{
    static readonly ImmutableSortedDictionary<string, string> Sections = Section()
        .Matches(File.ReadAllText(RepositoryRoot.File("docs/items.md")))
        .ToImmutableSortedDictionary(m => m.Groups["name"].Value, m => m.Groups["text"].Value, StringComparer.Ordinal);

    public static TheoryData<string> Items => [.. Described.Items.Select(i => i.Name)];

    [Theory, MemberData(nameof(Items))]
    public void Has_a_row_for_each_metadatum_and_no_other(string item) => Assert.Equal(
        Described.Items.Single(i => i.Name == item).Metadata.Select(m => m.Name).Order(StringComparer.Ordinal),
        Table().Matches(Sections[item])
            .SelectMany(t => Row().Matches(t.Value))
            .Select(r => r.Groups["name"].Value)
            .Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Items))]
    public void Names_each_value_that_editors_offer(string item) => Assert.All(
        Described.Items.Single(i => i.Name == item).Metadata.SelectMany(m => m.Values).Where(v => v != "false"),
        value => Assert.Contains($"`{value}`", Sections[item], StringComparison.Ordinal));

    [GeneratedRegex(@"^## (?<name>\w+)\n(?<text>(?!## )(.*\n)*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| Metadata \|.*\n(\|.*\n)+", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
