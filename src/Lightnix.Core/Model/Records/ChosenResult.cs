namespace Lightnix.Model;

/// <summary>One result that was chosen for a stage.</summary>
/// <param name="Resolved">What it is a result of. A choice may hold results of several resolved derivations.</param>
/// <param name="Metric">The number by which it was chosen, as its file has it; null where there is none.</param>
public sealed record ChosenResult(Reference<Realization> Realization, Reference<Resolved> Resolved, Reference<Tree> Tree, string? Metric)
{
    /// <summary>The result of a tree.</summary>
    public static ChosenResult Of(Reference<Resolved> resolved, Reference<Tree> tree, string? metric = null) =>
        new(new Realization(resolved, tree).Reference(), resolved, tree, metric);
}
