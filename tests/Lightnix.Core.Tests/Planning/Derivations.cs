using CsCheck;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>What a stage is hashed as. The cases and their approved bytes are in <c>approved/derivations.txt</c>.</summary>
public class Derivations
{
    const string File = "Planning/approved/derivations.txt";

    public static TheoryData<string> Cultures => [.. Lands.Names];

    [Fact]
    public void Have_the_approved_bytes() => CaseFile.Check(File, xml => LnProj.Good(xml).Stages.SelectMany(Lines));

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Do_not_depend_on_the_culture(string culture)
    {
        using var land = Lands.Enter(culture);

        Have_the_approved_bytes();
    }

    [Fact]
    public void Do_not_depend_on_the_order_of_items()
    {
        foreach (var project in CaseFile.Read(File).Select(c => LnProj.Parse(c.Input)))
        {
            var expected = Bytes(Planner.Plan(project, FakeContents.Usual).Plan!);

            Gen.Shuffle(project.Items.ToArray())
                .Sample(items => Bytes(Planner.Plan(project.With(items), FakeContents.Usual).Plan!) == expected, iter: 20, threads: 1);
        }
    }

    [Fact]
    public void Do_not_depend_on_the_folder_or_the_name_of_the_project()
    {
        const string Xml = """
            <Stage Include="a" Script="s.py" /><Source Include="x.txt" />
            <Stage Include="b" Path="x.txt" /><Stage Include="c" Inputs="a;b" Command="cat @{a}" />
            """;
        var here = LnProj.Parse(Xml);
        var there = here with { Directory = LnProj.Absolute("../elsewhere/deep"), Name = "other", NeverSources = [] };
        var contents = new FakeContents().With("s.py", "s").With("x.txt", "x").With("../elsewhere/deep/s.py", "s")
            .With("../elsewhere/deep/x.txt", "x");

        Assert.Equal(Bytes(Planner.Plan(here, contents).Plan!), Bytes(Planner.Plan(there, contents).Plan!));
    }

    [Theory]
    [InlineData("""Command="echo"  """, """Command="echo " """)]
    [InlineData("""Command="echo" Parameters="a=1;b=2" """, """Command="echo" Parameters=" b=2 ; a=1; " """)]
    [InlineData("""Command="echo" Tools="b;a" """, """Command="echo" Tools="a;b;a" """)]
    [InlineData("""Command="echo" Epoch="Daily" """, """Command="echo" Epoch="daily" """)]
    [InlineData("""Command="echo" """, """Command="echo" Network="false" """)]
    [InlineData("""Script="train.py" Arguments="a 'b'" """, """Script="./train.py" Arguments='a  "b"' """)]
    public void Are_equal_for_what_means_the_same(string a, string b) => Assert.Equal(Reference(a), Reference(b));

    [Theory]
    [InlineData("""Command="echo" """, """Command="echo" Shell="sh" """)]
    [InlineData("""Command="echo" Parameters="a=0.1" """, """Command="echo" Parameters="a=0.10" """)]
    [InlineData("""Command="echo" Parameters="a=1" """, """Command="echo" Environment="a=1" """)]
    [InlineData("""Script="train.py" """, """Script="train.py" Interpreter="python3" """)]
    [InlineData("""Script="train.py" Arguments="a b" """, """Script="train.py" Arguments="'a b'" """)]
    [InlineData("""Command="echo" Epoch="x" """, """Command="echo" Epoch="X" """)]
    [InlineData("""Command="echo" """, """Command="echo" Seed="a" """)]
    public void Differ_for_what_means_something_else(string a, string b) => Assert.NotEqual(Reference(a), Reference(b));

    [Fact]
    public void Ask_for_each_file_once()
    {
        var contents = FakeContents.Usual;

        LnProj.Good("""
            <Stage Include="a" Script="train.py" /><Stage Include="b" Script="train.py" />
            <Stage Include="c" Path="data" /><Stage Include="d" Path="data" />
            <Source Include="train.py;a.txt" /><Source Include="a.txt" Stage="a;b" />
            """, contents);

        Assert.Equal(contents.Asked.Distinct(), contents.Asked);
    }

    [Fact]
    public void Come_back_from_their_bytes() => Assert.All(
        CaseFile.Read(File).SelectMany(c => LnProj.Good(c.Input).Stages).Select(s => s.Derivation),
        derivation => Assert.Equal(derivation.ToBytes(), RecordBytes.Parse<Derivation>(derivation.ToBytes()).ToBytes()));

    static string Reference(string metadata) => LnProj.Stage($"<Stage Include=\"a\" {metadata} />", "a").Reference.ToString();

    static IEnumerable<string> Lines(PlannedStage stage) =>
        [$"{stage.Name} {stage.Reference}", Encoding.UTF8.GetString(stage.Derivation.ToBytes())];

    static string Bytes(Plan plan) => string.Join('\n', plan.Stages.SelectMany(Lines));
}
