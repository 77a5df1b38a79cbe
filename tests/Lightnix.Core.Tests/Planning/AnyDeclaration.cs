using CsCheck;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>Declarations that no author would write.</summary>
public class AnyDeclaration
{
    static readonly string[] Bits =
    [
        "a", "b", "train", "in", "out", "@{a}", "@{b/x}", "@{out}", "@{", "@@{", "@{train[n=1]}", "@{params.n}", "n=1,2", ";", "=", ",",
            "..", "/", "\\", "*", "%24", "%", "'", "\"", " ", "\n",
        "true", "1", "-1", "0.5", "Best", "Csv", "x.csv", "a.txt", "../x", "https://example.org/x.zip", "00:00:01", "1KiB", "[", "]", ":",
            "#/", "ü", "\ud83c\udf89", "$(x)", "<<", "(", ")", "`",
        "0000000000000000000000000000000000000000000000000000000000000000",
    ];

    static readonly string[] MetadataNames =
        [.. Enum.GetValues<ItemKind>().SelectMany(kind => Schema.Of(kind).Keys).Distinct(), "Commnd", "_x", "Xyz"];

    static readonly Gen<string> Text = Gen.OneOf(Bits).Array[1, 4].Select(string.Concat);

    static readonly Gen<DeclaredItem> Item = Gen.Select(
        Gen.Enum<ItemKind>(),
        Text,
        Gen.Select(Gen.OneOf(MetadataNames), Text).Array[0, 6],
        (kind, include, metadata) => new DeclaredItem(
            kind, include, metadata.Aggregate(DeclaredItem.NoMetadata, (all, m) => all.SetItem(m.Item1, m.Item2)), 0));

    [Fact]
    public void Gives_a_plan_or_its_mistakes() => Item.Array[0, 12].Sample(items =>
    {
        var result = Planner.Plan(LnProj.Parse("").With(items), FakeContents.Usual);

        Assert.Equal(result.Plan is null, result.Diagnostics.Length + result.Unbuilt.Length > 0);
        Assert.All(result.Diagnostics, d => Assert.NotNull(d.Item));
    }, iter: 3000);

    [Fact]
    public void Gives_the_same_mistakes_in_whatever_order_its_items_come() => Item.Array[2, 12].Sample(items =>
    {
        var project = LnProj.Parse("").With(items);

        var reported = Reported(project);

        Gen.Shuffle(project.Items.ToArray())
            .Sample(shuffled => Assert.Equal(reported, Reported(project with { Items = [.. shuffled] })), iter: 3, threads: 1);
    }, iter: 300);

    [Fact]
    public void Gives_mistakes_in_the_order_of_its_items() => Item.Array[2, 12].Sample(items =>
    {
        var reported = Planner.Plan(LnProj.Parse("").With(items), FakeContents.Usual).Diagnostics
            .Select(d => (d.Item!.Kind, d.Item.Ordinal)).ToList();

        Assert.Equal(reported.Order(), reported);
    }, iter: 1000);

    static string Reported(DeclaredProject project) =>
        string.Join('\n',
        Planner.Plan(project, FakeContents.Usual).Diagnostics.Select(d => $"{d.Item!.Kind} {d.Item.Ordinal} {d.Metadata} {d}"));
}
