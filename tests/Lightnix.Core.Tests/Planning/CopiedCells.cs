namespace Lightnix.Planning;

/// <summary>Copies of what all cells of a matrix promise.</summary>
public class CopiedCells
{
    [Theory]
    [InlineData("", "a-0_1/dir/m.zip")]
    [InlineData("Link='models/@{params.rate}-@{params.k}.zip'", "models/0.1-2.zip")]
    [InlineData("Link='@{PARAMS.rate}'", "0.1")]
    [InlineData("Link='100%25/@@{x}/@{params.rate}'", "100%/@{x}/0.1")]
    public void Have_a_place_of_their_own(string link, string expected)
    {
        var stages = LnProj.Good($"""
            <Stage Include="a" Command="true" Matrix="rate=0.1,0.2" Parameters="k=2" />
            <Promise Include="dir/m.zip" Stage="a" CopyToOutputDirectory="IfDifferent" {link} />
            """).Stages;

        Assert.Equal(2, stages.Length);
        Assert.Equal(expected, stages[0].Promises.Single().Link!.ToString());
        Assert.Equal(expected.Replace("0.1", "0.2", StringComparison.Ordinal).Replace("0_1", "0_2", StringComparison.Ordinal),
            stages[1].Promises.Single().Link!.ToString());
    }

    [Fact]
    public void Change_neither_derivations_nor_what_is_asked_of_results()
    {
        const string Stage = """<Stage Include="a" Command="true" Matrix="rate=0.1,0.2" />""";
        var plain = LnProj.Good($"""{Stage}<Promise Include="m" Stage="a" />""").Stages;
        var linked = LnProj.Good($"""{Stage}<Promise Include="m" Stage="a" Link="@{"{params.rate}"}" />""").Stages;

        Assert.Equal(plain.Select(s => s.Reference), linked.Select(s => s.Reference));
        Assert.Equal(plain.Select(s => Promises.PromiseKey.Of(s.Promises[0])), linked.Select(s => Promises.PromiseKey.Of(s.Promises[0])));
    }

    [Theory]
    [InlineData("../@{params.rate}")]
    [InlineData("@{params.up}/x")]
    public void Stay_inside(string link)
    {
        var reported = LnProj.Plan($"""
            <Stage Include="a" Command="true" Matrix="rate=0.1" Parameters="up=.." />
            <Promise Include="m" Stage="a" Link="{link}" />
            """).Diagnostics;

        Assert.Equal(("LNX1016", "Link"), (Assert.Single(reported).Code, reported[0].Metadata));
    }
}
