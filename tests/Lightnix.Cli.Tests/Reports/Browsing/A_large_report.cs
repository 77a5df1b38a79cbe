using Lightnix.Queries;

namespace Lightnix.Cli;

/// <summary>A project of 1,000 stages, of which 300 are cells of one matrix.</summary>
[Trait("Speed", "Slow")]
public sealed class A_large_report : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("lightnix-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserFact]
    public async Task Draws_a_matrix_as_one_box_when_it_is_seen()
    {
        var file = Path.Combine(_folder, "page.html");
        var page = new ReportPage(Report(), DateTimeOffset.UnixEpoch).Text();
        await File.WriteAllTextAsync(file, page);
        Assert.True(page.Length < 4_000_000);

        // On a phone the graph is seen at once; of a page that opens at its logs, it is not.
        await using var opened = await OpenedPage.OpenAsync(file, fragment: "#versions");
        Assert.Equal(0, await opened.AskAsync<int>("document.getElementById('drawing').childElementCount"));
        await opened.SeeAllAsync();
        Assert.Equal(701, await opened.AskAsync<int>("document.querySelectorAll('#drawing g.node').length"));
        await opened.Page.ClickAsync("button[data-node]");
        Assert.Equal(300, await opened.AskAsync<int>("document.querySelectorAll('#drawing a[*|href]').length"));
        await opened.Page.TypeAsync("input[data-table=stage-table]", "cell-7-");
        Assert.Equal(15, await opened.AskAsync<int>("document.querySelectorAll('#stage-table tbody tr:not([hidden])').length"));
        Assert.Empty(opened.Said);
    }

    static ProjectReport Report()
    {
        var steps = Enumerable.Range(0, 700).Select(i => Stage($"step{i}", [], i == 0 ? ["cell-0-0"] : [$"step{i / 2}"])).ToArray();
        var cells = Enumerable.Range(0, 300).Select(i => Stage($"cell-{i / 15}-{i % 15}", [("a", i / 15), ("b", i % 15)], [])).ToArray();
        GraphNode[] nodes = [new("cell", ["a", "b"], [.. cells]), .. steps.Select(s => new GraphNode(s.Name, [], [s]))];
        var edges = steps.Select((s, i) => new GraphEdge(i == 0 ? "cell" : s.Inputs[0], s.Name));
        var stages = nodes.SelectMany(n => n.Stages.Select(s => new ReportedStage(s, n.Name, [], [])));
        return new(new("/large.lnproj", [.. nodes], [.. edges.Where(e => e.From != e.To)]), [.. stages], [], new([]));
    }

    static GraphStage Stage(string name, (string Name, int Value)[] parameters, ImmutableArray<string> inputs) => new(
        name, "command", StageState.Chosen,
        parameters.ToImmutableSortedDictionary(p => p.Name, p => p.Value.ToString(CultureInfo.InvariantCulture)), inputs);
}
