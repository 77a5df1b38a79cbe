using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Reads what a report says of a project.</summary>
public sealed class ReportQuery(Store store)
{
    const int LogLines = 200;

    // All together: a report is mailed.
    const int MostLogText = 4 << 20;

    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public ProjectReport Of(Root root)
    {
        var graph = new GraphQuery(store).Of(root);
        ImmutableArray<ReportedStage> stages =
        [
            .. from node in graph.Nodes
               from stage in node.Stages
               where IsOf(root, stage.Name)
               select Of(root, node, stage),
        ];
        var chosen = root.Stages.Values.SelectMany(s => s.Results).Select(r => store.Records.Find(r.Realization, r.Resolved));
        return new(
            graph,
            WithLogs(stages, root),
            new RunQuery(store, [root]).Of(name => IsOf(root, name), []),
            new Tracer(store).Of(chosen.OfType<Realization>().Distinct()))
        {
            LastBuild = new BuildQuery(store).Of(root).FirstOrDefault()?.Build,
        };
    }

    static bool IsOf(Root root, string stage) =>
        root.Stages.ContainsKey(stage) || root.Pending.ContainsKey(stage) || root.NotBuilt.ContainsKey(stage);

    ReportedStage Of(Root root, GraphNode node, GraphStage stage)
    {
        var selection = root.Stages.GetValueOrDefault(stage.Name);
        var promises = selection is null ? [] : PromiseValues.Of(store, selection);
        return new(stage, node.Name, [.. (selection?.Results ?? []).Select(Of)], promises)
        {
            Matcher = selection?.Matcher,
            Failure = Pending(root, stage.Name)?.Failures.MaxBy(f => f.Facts.Order)?.Reason,
        };
    }

    ReportedResult Of(ChosenResult result) => new(
        result, store.Records.History(result.Resolved).FirstOf(result.Tree), store.Trees.Find(result.Tree)?.Size,
        store.Trees.Contains(result.Tree));

    History? Pending(Root root, string stage) =>
        root.Pending.TryGetValue(stage, out var resolved) ? store.Records.History(resolved) : null;

    // A choice runs nothing: its winner has the log.
    static RunFacts? OwnRun(ReportedStage stage) =>
        stage.Results.Where(r => r.Result.Winner is null).Select(r => r.Run?.Facts).FirstOrDefault();

    // Those of failed stages first: they are what people look for.
    ImmutableArray<ReportedStage> WithLogs(ImmutableArray<ReportedStage> stages, Root root)
    {
        var (texts, length) = (new Dictionary<string, string?>(), 0);
        foreach (var stage in stages.OrderByDescending(s => s.State))
        {
            if (length > MostLogText)
                break;
            var facts = Pending(root, stage.Name)?.Facts.MaxBy(f => f.Order) ?? OwnRun(stage);
            var text = facts?.Log is { } log && StoredBytes.ReadEnd(store.Records.FileOf(log), LogTail.MostBytes(LogLines)) is { } end
                ? LogTail.Of(end, LogLines) : null;
            texts[stage.Name] = text;
            length += text?.Length ?? 0;
        }
        return [.. stages.Select(s => s with { Log = texts.GetValueOrDefault(s.Name), IsLogLeftOut = !texts.ContainsKey(s.Name) })];
    }
}
