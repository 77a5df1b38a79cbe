using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>One side of a comparison, with what the store knows of it.</summary>
/// <param name="Label">As it was named.</param>
/// <param name="Derivation">Null where it was collected.</param>
/// <param name="Resolved">Null of a derivation alone, or where it was collected.</param>
/// <param name="Realization">Null where no result is meant.</param>
/// <param name="Run">The run that is meant, or else the first that gave the result.</param>
/// <param name="Tree">The listing of the result.</param>
/// <param name="Metric">By which a project chose it, with its text.</param>
public sealed record Comparand(
    string Label, Derivation? Derivation, Resolved? Resolved, Realization? Realization, Run? Run, Tree? Tree, ChosenMetric? Metric)
{
    public static Comparand Of(string label, Derivation derivation) => new(label, derivation, null, null, null, null, null);

    /// <param name="run">Null: the first run that gave the result.</param>
    public static Comparand Of(Store store, string label, Realization realization, Run? run = null, ChosenMetric? metric = null)
    {
        run ??= store.Records.History(realization.Resolved).FirstOf(realization.Tree);
        return new(
            label,
            run is null ? null : store.Records.Find(run.Facts.Derivation),
            store.Records.Find(realization.Resolved),
            realization,
            run,
            store.Trees.Find(realization.Tree),
            metric);
    }
}
