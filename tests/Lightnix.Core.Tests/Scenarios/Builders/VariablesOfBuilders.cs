namespace Lightnix.Scenarios;

public sealed class VariablesOfBuilders : IDisposable
{
    readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Name_inputs_and_parameters()
    {
        const string items = """
            <Stage Include="a" Command="echo one > @{out}/x.txt; date +%s%N > @{out}/log" />
            <Promise Include="x.txt" Stage="a" />
            <Stage Include="b" Command="cp $FILE $TO; echo $LEVEL >> $TO" Parameters="level=3"
                   Environment="FILE=@{a/x.txt};TO=@{out}/y;LEVEL=@{params.level}" />
            <Stage Include="c" Command="cp -r $WHERE @{out}/all" Environment="WHERE=@{b}" />
            """;

        var built = await _site.BuildAsync(items);

        Assert.True(built.Succeeded, built.ToString());
        Assert.Equal("one", _site.Result("c/all/y"));
        Assert.Equal(["b#1", "c#1"], (await _site.BuildAsync(items.Replace("level=3", "level=4", StringComparison.Ordinal))).Ran);
        // The log of a is no input of b.
        Assert.Equal(["a#2"], (await _site.BuildAsync(items, Realizing.BuildMode.Run, "a")).Ran);
    }
}
