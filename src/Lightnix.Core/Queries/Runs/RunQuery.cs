using Lightnix.Contracts;
using Lightnix.Promises;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Finds all runs that a store knows of some stages, also those with earlier parameters and of other branches.</summary>
public sealed class RunQuery(Store store, ImmutableArray<Root> roots)
{
    readonly ILookup<Reference<Realization>, ChosenBy> _chosen =
        (from root in roots
         from stage in root.Stages
         from result in stage.Value.Results
         select (result.Realization, By: new ChosenBy(root.Project, stage.Key, stage.Value.Choice.IsAmongStages)))
        .ToLookup(c => c.Realization, c => c.By);

    sealed record ChosenBy(string Project, string Stage, bool IsAmongStages);

    /// <summary>Configurations, the newest first.</summary>
    /// <param name="isMeant">True for names of stages that are asked for.</param>
    /// <param name="metrics">What is read; empty: the metrics of matchers, and promised files that are one number.</param>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public ImmutableArray<Configuration> Of(Func<string, bool> isMeant, ImmutableArray<Metric> metrics)
    {
        var wanted = metrics.IsEmpty ? Usual(isMeant) : metrics;
        return
        [
            .. new StoreIndex(store).Map(r => Find(r, isMeant, wanted)).OfType<Configuration>()
                .OrderByDescending(c => c.Last).ThenBy(c => c.Resolved),
        ];
    }

    Configuration? Find(Reference<Resolved> resolved, Func<string, bool> isMeant, ImmutableArray<Metric> metrics)
    {
        var history = store.Records.History(resolved);
        var newest = history.Facts.MaxBy(f => f.Order);
        if (newest is null || store.Records.Find(newest.Derivation) is not { Builder.Runs: true } derivation
            || !isMeant(derivation.Name.ToString()))
            return null;
        ImmutableArray<MeasuredRun> runs = [.. history.Runs.OrderBy(r => r.Facts.Order).Select(r => new MeasuredRun(r, Read(r, metrics)))];
        ImmutableArray<ChosenBy> chosen = [.. history.Runs.Select(r => r.Realization).Distinct().SelectMany(r => _chosen[r])];
        var projects = chosen.IsEmpty ? roots.Where(r => r.Stages.ContainsKey(derivation.Name.ToString())).Select(r => r.Project)
            : chosen.Select(c => c.Project);
        return new(resolved, derivation, runs, history.Failures, !chosen.IsEmpty)
        {
            Won = [.. chosen.Where(c => c.IsAmongStages).Select(c => c.Stage).Distinct(StringComparer.Ordinal)],
            Projects = [.. projects.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Notes = history.Notes,
        };
    }

    // What projects count of the stages that are meant: also for cells that are not declared any more. A file that is more than one
    // number gives none.
    ImmutableArray<Metric> Usual(Func<string, bool> isMeant) =>
    [
        .. roots.SelectMany(r => r.Stages).Where(s => isMeant(s.Key)).Select(s => s.Value)
            .SelectMany(s => s.Reads.Select(file => new Metric(file, null)).Concat(s.Matcher.Metric is { } metric ? [metric] : []))
            .DistinctBy(m => m.ToString()),
    ];

    ImmutableSortedDictionary<string, string> Read(Run run, ImmutableArray<Metric> metrics)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (metrics.IsEmpty || store.Trees.Find(run.Tree) is not { } tree)
            return values.ToImmutable();
        var files = store.Trees.Open(tree);
        foreach (var metric in metrics)
        {
            if (Text(metric, files) is { } text)
                values[metric.ToString()] = text;
        }
        return values.ToImmutable();
    }

    // Null also for files that were collected.
    static string? Text(Metric metric, IResultFiles files)
    {
        try
        {
            return PromiseCheck.Read(metric, files).Text;
        }
        catch (Exception e) when (e is IOException or StoreException)
        {
            return null;
        }
    }
}
