using System.Text.Json;

namespace Lightnix.Cli;

/// <summary>What <c>lightnix graph</c> prints of stages, matrices, choices and failures.</summary>
[Trait("Speed", "Slow")]
public sealed class The_graph_of_a_project : IDisposable
{
    const string Sweep = Storage.Farm.Best + """
        <Stage Include="train" Command="cat @{data/data.csv}; echo @{params.rate} > @{out}/score; exit @{params.code}"
               Matrix="rate=0.1,0.01;depth=3,4" Parameters="code=0" />
        <Stage Include="best" From="train" />
        <Promise Include="score" Stage="train" Type="Number" />
        <Matcher Include="best" Select="Best" Metric="score" />
        <Stage Include="broken" Command="echo 1 > @{out}/one" />
        <Promise Include="two" Stage="broken" />
        <Stage Include="failed" Command="cat @{best/score}; exit 3" />
        <Stage Include="after" Command="ls @{failed} > @{out}/x" />
        """;

    readonly BuiltTool _tool = new();

    public The_graph_of_a_project() => Assert.False(_tool.Farm.Build(matcher: Sweep).Succeeded);

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Has_a_node_for_each_stage_and_one_for_a_matrix()
    {
        var graph = _tool.Json(0, "graph");

        var nodes = graph.GetProperty("nodes").EnumerateArray().ToDictionary(n => n.GetProperty("name").GetString()!);
        Assert.Equal(["after", "best", "broken", "data", "failed", "model", "train"], nodes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["rate", "depth"], nodes["train"].GetProperty("axes").EnumerateArray().Select(a => a.GetString()!));
        Assert.Equal(
            ["train-0_01-3", "train-0_01-4", "train-0_1-3", "train-0_1-4"], Stages(nodes["train"]).Select(s => Text(s, "stage")));
        Assert.Equal("0.01", Stages(nodes["train"])[0].GetProperty("parameters").GetProperty("rate").GetString());
        Assert.Equal(
            ["after command not built", "best choice chosen", "broken command broken", "failed command failed", "model command chosen"],
            new[] { "after", "best", "broken", "failed", "model" }.Select(n => Stages(nodes[n])[0])
                .Select(s => $"{Text(s, "stage")} {Text(s, "kind")} {Text(s, "state")}"));
        Assert.Equal("0.5", Text(Stages(nodes["model"])[0], "metric"));
        Assert.Equal(
            [("best", "failed"), ("data", "model"), ("data", "train"), ("failed", "after"), ("train", "best")],
            graph.GetProperty("edges").EnumerateArray().Select(e => (Text(e, "from"), Text(e, "to"))));
    }

    [Fact]
    public void Is_a_row_for_each_node_of_what_it_reads()
    {
        var rows = _tool.Run("graph").Output.TrimEnd().Split('\n').Select(r => r.Split('\t')).ToArray();

        Assert.Equal(7, rows.Length);
        Assert.Contains(rows, r => r is ["train", "command", "4 chosen", "4 cells: rate × depth", "data"]);
        Assert.Contains(rows, r => r is ["failed", "command", "failed", "", "best"]);
    }

    [Fact]
    public void Is_text_of_Mermaid_and_of_Graphviz()
    {
        var mermaid = _tool.Run("graph", "--mermaid").Output;
        Assert.StartsWith("flowchart LR\n", mermaid, StringComparison.Ordinal);
        Assert.Contains("[[\"train<br/>4 cells#58; rate × depth<br/>4 chosen\"]]:::chosen\n", mermaid, StringComparison.Ordinal);
        Assert.Contains("{{\"best<br/>chosen, 0.1\"}}:::chosen\n", mermaid, StringComparison.Ordinal);
        var dot = _tool.Run("graph", "--dot").Output;
        Assert.StartsWith("digraph {\n", dot, StringComparison.Ordinal);
        Assert.Contains("[label=\"train\\n4 cells: rate × depth\\n4 chosen\" class=\"chosen matrix\"", dot, StringComparison.Ordinal);
        Assert.Equal(5, dot.Split(" -> ").Length - 1);
    }

    [Fact]
    public void Is_of_one_form_and_of_one_project()
    {
        Assert.Contains("write one of them", _tool.Run("graph", "--dot", "--json") is (2, "", var error) ? error : "",
            StringComparison.Ordinal);
        Assert.Contains("no root of", _tool.Run("graph", "--project", "other.lnproj") is (2, "", var other) ? other : "",
            StringComparison.Ordinal);
    }

    static JsonElement[] Stages(JsonElement node) => [.. node.GetProperty("stages").EnumerateArray()];

    static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
