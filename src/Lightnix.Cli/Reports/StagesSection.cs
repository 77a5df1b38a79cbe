using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>The graph of the page, its stages and their promises.</summary>
static class StagesSection
{
    public static Html Graph(ProjectGraph graph)
    {
        var dot = new GraphDot(graph);
        var matrices = graph.Nodes.Where(n => n.IsMatrix).Select(n => Html.Of($"""
            <button type="button" data-node="{dot.IdOf(n.Name)}" aria-expanded="false">{n.Name} ({GraphTexts.CellsOf(n)})</button>

            """)).ToArray();
        var data = JsonValue.Object.Empty.With("head", GraphDot.Head).With("edges", dot.Edges)
            .With("nodes", new JsonValue.Array([.. graph.Nodes.Select(n => Node(dot, n))]));
        var open = matrices.Length == 0 ? Html.None : Html.Of($"<p class=\"matrices\">Open a matrix: {matrices}</p>\n");
        return Html.Of($"""
            <section id="graph"><h2>Graph</h2>
            <p>What reads what. A box leads to its stage; the table of stages has the same as text, in its column “reads”.</p>
            {open}<div id="drawing" class="scroll" tabindex="0" role="region" aria-label="Drawing of the graph"></div>
            {PageData.Of("graph-data", data)}</section>

            """);
    }

    static JsonValue.Object Node(GraphDot dot, GraphNode node) => JsonValue.Object.Empty
        .With("id", dot.IdOf(node.Name)).With("closed", dot.Closed(node)).WithOptional("opened", node.IsMatrix ? dot.Opened(node) : null)
        .With("anchor", GraphTexts.Anchor(node.Stages[0].Name)).With("name", node.Name);

    public static Html Stages(ProjectReport report)
    {
        var nodes = report.Graph.Nodes.SelectMany(n => n.Stages.Select(s => (s.Name, Node: n)))
            .ToDictionary(s => s.Name, s => s.Node, StringComparer.OrdinalIgnoreCase);
        var table = new PageTable(
            "stage-table", "Stages with what the last build chose",
            ["stage", "kind", "state", "why", "metric", "took", "size", "made", "promises", "reads"],
            [.. report.Stages.Select(s => Row(s, nodes))]);
        return Html.Of($"""
            <section id="stages"><h2>Stages</h2>
            {table.ToHtml()}</section>

            """);
    }

    static PageRow Row(ReportedStage stage, Dictionary<string, GraphNode> nodes)
    {
        var reads = stage.Stage.Inputs.GroupBy(i => nodes[i]).Select(g => Reference(g.Key, [.. g])).ToArray();
        var first = stage.Results.FirstOrDefault();
        // A choice runs nothing: its winner's run is in the winner's row.
        var facts = first?.Result.Winner is null ? first?.Run?.Facts : null;
        return new(
        [
            PageCell.Of(stage.Name), PageCell.Of(stage.Stage.Kind), new(State(stage), stage.State.ToString("d")), PageCell.Of(Why(stage)),
            PageCell.Metric(first?.Result.Metric), PageCell.Took(facts is null ? null : Took(facts)),
            PageCell.Size(stage.Results.IsEmpty ? null : stage.Results.Sum(r => r.Size ?? 0)), PageCell.When(facts?.End),
            PageCell.Of(Kept(stage)),
            new(Html.Joined(reads, ", "), string.Join(", ", stage.Stage.Inputs)),
        ], GraphTexts.Anchor(stage.Name));
    }

    public static TimeSpan Took(RunFacts facts) => facts.Resumed?.Duration ?? facts.Duration;

    static Html State(ReportedStage stage)
    {
        var beside = stage.Results.FirstOrDefault()?.Run?.Adopted is null ? "" : ", adopted";
        var former = stage.State != StageState.Chosen && !stage.Results.IsEmpty ? ", an earlier result is there" : "";
        return Html.Of($"{State(stage.State)}{beside}{former}");
    }

    public static Html State(StageState state)
    {
        var word = GraphTexts.Of(state);
        return Html.Of($"<span class=\"state {word.Replace(' ', '-')}\">{word}</span>");
    }

    static string Kept(ReportedStage stage) => stage.Promises.IsEmpty ? ""
        : stage.Promises.Length.ToString(CultureInfo.InvariantCulture) + (stage.State == StageState.Chosen ? " kept" : " kept, earlier");

    static string Why(ReportedStage stage) => stage switch
    {
        { State: StageState.NotBuilt } => "an input failed, or nothing asked for it",
        { State: StageState.Broken } => $"no result could be chosen; lightnix why {stage.Name}",
        { Failure: { } reason } => reason,
        { Results: [{ Result.Winner: { } winner }, ..] } => $"{winner.Stage} won",
        _ => "",
    };

    // Of a matrix, several cells are one link.
    static Html Reference(GraphNode node, string[] stages)
    {
        var text = stages.Length == 1 ? stages[0] : string.Create(CultureInfo.InvariantCulture, $"{node.Name} ({stages.Length} cells)");
        return node.IsForeign ? Html.Of($"{text}") : Html.Of($"<a href=\"#{GraphTexts.Anchor(stages[0])}\">{text}</a>");
    }

    public static Html Promises(ProjectReport report)
    {
        ImmutableArray<PageRow> rows = [.. report.Stages.SelectMany(s => s.Promises.Select(p => Row(s, p)))];
        return rows.IsEmpty ? Html.None : Html.Of($"""
            <section id="promises"><h2>Promises</h2>
            {new PageTable("promise-table", "Promises that the chosen results keep",
                ["stage", "path", "demands", "value", "size"], rows).ToHtml()}</section>

            """);
    }

    static PageRow Row(ReportedStage stage, ReportedPromise promise) => new(
    [
        PageCell.Of(stage.Name), PageCell.Of(promise.Promise.Title),
        PageCell.Of(string.Join(", ", promise.Promise.Fields.Where(f => f.Key is not ("Include" or "Pointer"))
            .OrderByDescending(f => f.Key == "Type").Select(f => f.Key == "Type" ? f.Value : $"{f.Key} {f.Value}"))),
        PageCell.Metric(promise.Value), PageCell.Size(promise.Size),
    ]);
}
