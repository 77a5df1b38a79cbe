namespace Lightnix.Cli;

/// <summary>The page of a project that has all there is: a sweep, a choice, hostile texts, stages that failed.</summary>
public sealed class WrittenReport : IDisposable
{
    const string Stages = Storage.Farm.Best + """
        <Stage Include="train" Command="cat @{data/data.csv}; echo @{params.rate}@{replicate} > @{out}/score"
               Matrix="rate=0.1,0.01;depth=3,4" />
        <Promise Include="score" Stage="train" Type="Number" Min="0" />
        <Matcher Include="train" Select="Best" Metric="score" AtLeast="3" />
        <Stage Include="best" From="train" />
        <Matcher Include="best" Select="Best" Metric="score" />
        <Stage Include="odd"
               Command="printf '&lt;/script&gt;&lt;script&gt;hacked=1&lt;/script&gt;--&gt;\047&quot;\033[2J\n' | tee @{out}/odd"
               Matrix="text=&lt;/script&gt;&lt;img src=x onerror=hacked=1&gt;,--&gt;&quot;\\" />
        <Stage Include="failed" Command="echo last words; cat @{best/score}; exit 3" />
        <Stage Include="broken" Command="echo 1 > @{out}/one" />
        <Promise Include="two" Stage="broken" />
        """;

    readonly BuiltTool _tool = new();

    public WrittenReport()
    {
        var isBuilt = _tool.Farm.Build(matcher: Stages).Succeeded;
        Assert.True(!isBuilt && _tool.Farm.Said.Count > 12, string.Join('\n', _tool.Farm.Said));
        File = Path.Combine(_tool.Farm.Folder, "page.html");
        Assert.Equal(0, _tool.Run("report", "-o", File).Code);
    }

    public string File { get; }

    public void Dispose() => _tool.Dispose();
}
