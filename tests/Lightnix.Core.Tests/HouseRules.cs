using System.Collections.Immutable;
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
    public void Files_are_short() => Holds(Rules.FilesAreShort(Files));

    [Fact]
    public void Suppressions_have_reasons() => Holds(Rules.SuppressionsHaveReasons(Files));

    [Fact]
    public void MSBuild_text_does_not_compute() => Holds(Rules.MSBuildTextDoesNotCompute(Files));

    [Fact]
    public void Every_room_is_there() =>
        Assert.All(["Hashing", "Model", "Planning", "Matching", "Promises", "Storage", "Building", "Running", "Realizing"], room => Assert.Contains(Files, f => f.Room?.Name == room));

    static void Holds(IEnumerable<Violation> violations)
    {
        var all = violations.Select(v => v.ToString()).Order(StringComparer.Ordinal).ToArray();
        Assert.True(all.Length == 0, $"{all.Length} to put right:\n{string.Join('\n', all)}");
    }
}
