namespace Lightnix.Sdk;

/// <summary>A diamond: top, left and right, bottom; then edits that change less than they seem to.</summary>
public sealed class EarlyCutOff : Playground
{
    [Fact]
    public void Only_what_sees_a_change_runs_again()
    {
        Write("data/data.lnproj", Project("# first\n      echo 1 &gt; @{out}/n", "left"));
        Succeed("build", "data/data.lnproj", "-tl:off");
        Assert.Equal((1, 1, 1, 1), Runs());

        // A comment: the stage runs, its result is the same, and nothing below it runs.
        Write("data/data.lnproj", Project("# second\n      echo 1 &gt; @{out}/n", "left"));
        var commented = Succeed("build", "data/data.lnproj", "-tl:off");
        Assert.Equal((2, 1, 1, 1), Runs());
        Assert.True(commented.Says("1 ran"), commented.ToString());

        // A new name: nothing runs at all.
        Write("data/data.lnproj", Project("# second\n      echo 1 &gt; @{out}/n", "gauche"));
        Succeed("build", "data/data.lnproj", "-tl:off");
        Assert.Equal((2, 1, 1), (Lines("top"), Lines("left"), Lines("right")));

        // A new result: both sides see the same one.
        Write("data/data.lnproj", Project("echo 2 &gt; @{out}/n", "left"));
        Succeed("build", "data/data.lnproj", "-tl:off", "-m:1");
        Assert.Equal("2\n2\n", Read("data/bin/bottom/both"));
    }

    (int, int, int, int) Runs() => (Lines("top"), Lines("left"), Lines("right"), Lines("bottom"));

    string Project(string top, string left) => $$"""
        <Project Sdk="Lightnix.Sdk/{{World.SdkVersion}}">
          <ItemGroup>
            <Stage Include="top">
              <Command>
              {{top}}
              echo x >> {{PathOf("top")}}
              </Command>
            </Stage>
            <Stage Include="{{left}}" Command="cat @{top/n} > @{out}/n; echo x >> {{PathOf("left")}}" />
            <Stage Include="right" Command="cat @{top/n} > @{out}/n; echo x >> {{PathOf("right")}}" />
            <Stage Include="bottom" Command="cat @{ {{left}}/n} @{right/n} > @{out}/both; echo x >> {{PathOf("bottom")}}" />
            <Promise Include="n" Stage="top;{{left}};right" />
          </ItemGroup>
        </Project>
        """.Replace("@{ ", "@{", StringComparison.Ordinal);
}
