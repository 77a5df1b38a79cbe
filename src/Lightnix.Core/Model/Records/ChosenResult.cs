namespace Lightnix.Model;

/// <summary>One result that was chosen for a stage.</summary>
/// <param name="Resolved">What it is a result of. A choice may hold results of several resolved derivations.</param>
/// <param name="Metric">The number by which it was chosen, as its file has it; null where there is none.</param>
public sealed record ChosenResult(Reference<Realization> Realization, Reference<Resolved> Resolved, Reference<Tree> Tree, string? Metric)
{
    /// <summary>Of a choice stage: whose result it is; null of any other stage.</summary>
    public Winner? Winner { get; init; }

    /// <summary>The result of a tree.</summary>
    public static ChosenResult Of(Reference<Resolved> resolved, Reference<Tree> tree, string? metric = null) =>
        new(new Realization(resolved, tree).Reference(), resolved, tree, metric);

    // One form of a result for all records that hold results of several resolved derivations.
    internal JsonValue.Object ToJson() => JsonValue.Object.Empty.With("realization", Realization.ToString())
        .With("resolved", Resolved.ToString()).With("tree", Tree.ToString()).WithOptional("metric", Metric)
        .WithOptional("winner", Winner?.ToJson());

    /// <exception cref="FormatException">A member is missing, or a realization is not that of its tree.</exception>
    internal static ChosenResult FromJson(JsonValue.Object json)
    {
        var result = Of(Reference<Resolved>.Parse(json.Text("resolved")), Reference<Tree>.Parse(json.Text("tree")),
            json.OptionalText("metric"));
        // A merge by hand may put together what does not belong together.
        if (result.Realization.ToString() != json.Text("realization"))
            throw new FormatException($"'{json.Text("realization")}' is not the realization of the tree '{result.Tree.Short}'");
        return json.Members.ContainsKey("winner") ? result with { Winner = Winner.FromJson(json.Object("winner")) } : result;
    }
}
