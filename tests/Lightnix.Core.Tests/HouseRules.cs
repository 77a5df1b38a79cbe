using Lightnix.House;

namespace Lightnix;

/// <summary>
/// The house is as its table says (<see cref="Table"/>). A failure names the file, the line and the reason; where a rule is wrong for one
/// file, an <see cref="Allowance"/> with its reason belongs into the table.
/// </summary>
public sealed class HouseRules
{
    static readonly ImmutableArray<CodeFile> Files = Repository.Read();

    [Fact]
    public void Rooms_keep_to_themselves() => Holds(Rules.RoomsKeepToThemselves(Files));

    [Fact]
    public void One_file_knows_a_JSON_library() => Holds(Rules.OneFileKnowsAJsonLibrary(Files));

    [Fact]
    public void A_file_is_named_after_its_type() => Holds(Rules.AFileIsNamedAfterItsType(Files));

    [Fact]
    public void Lines_are_narrow() => Shrinks(nameof(Measures.LinesAreNarrow), Measures.LinesAreNarrow(Files));

    [Fact]
    public void Files_are_short() => Shrinks(nameof(Measures.FilesAreShort), Measures.FilesAreShort(Files));

    [Fact]
    public void Folders_are_small() => Shrinks(nameof(Measures.FoldersAreSmall), Measures.FoldersAreSmall(Files));

    [Fact]
    public void Constructors_take_few_things() =>
        Shrinks(nameof(Measures.ConstructorsTakeFewThings), Measures.ConstructorsTakeFewThings(Files));

    [Fact]
    public void Tests_have_one_type_a_file() => Shrinks(nameof(Measures.TestsHaveOneTypeAFile), Measures.TestsHaveOneTypeAFile(Files));

    [Fact]
    public void Texts_cite_only_what_ships() => Shrinks(nameof(Measures.TextsCiteOnlyWhatShips), Measures.TextsCiteOnlyWhatShips(Files));

    [Fact]
    public void Systems_are_asked_for_in_one_place() =>
        Shrinks(nameof(Measures.SystemsAreAskedForInOnePlace), Measures.SystemsAreAskedForInOnePlace(Files));

    [Fact]
    public void Suppressions_have_reasons() => Holds(Rules.SuppressionsHaveReasons(Files));

    [Fact]
    public void MSBuild_text_does_not_compute() => Holds(Rules.MSBuildTextDoesNotCompute(Files));

    [Fact]
    public void Every_folder_of_the_core_is_a_room() => Assert.Equal(
        Table.Rooms.Select(r => r.Folder).Where(f => f.StartsWith(Core, StringComparison.Ordinal) && f != Core)
            .Order(StringComparer.Ordinal),
        Files.Where(f => f.IsCSharp && f.Path.StartsWith(Core, StringComparison.Ordinal) && f.Folder.Length > Core.Length)
            .Select(f => $"{Core}{f.Path[Core.Length..].Split('/')[0]}/").Distinct().Order(StringComparer.Ordinal));

    const string Core = "src/Lightnix.Core/";

    static void Shrinks(string rule, IEnumerable<Violation> violations)
    {
        var all = violations.Select(v => v.ToString()).Order(StringComparer.Ordinal).ToArray();
        var allowed = Backlog.Numbers.GetValueOrDefault(rule);
        Assert.True(all.Length <= allowed, $"{all.Length} to put right, {allowed} were there before:\n{string.Join('\n', all)}");
    }

    static void Holds(IEnumerable<Violation> violations)
    {
        var all = violations.Select(v => v.ToString()).Order(StringComparer.Ordinal).ToArray();
        Assert.True(all.Length == 0, $"{all.Length} to put right:\n{string.Join('\n', all)}");
    }
}
