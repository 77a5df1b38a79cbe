using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Makes the graph of a project from its root. It reads records only.</summary>
public sealed class GraphQuery(Store store)
{
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public ProjectGraph Of(Root root)
    {
        var names = root.Stages.Keys.Concat(root.Pending.Keys).Concat(root.NotBuilt.Keys).Distinct(StringComparer.OrdinalIgnoreCase);
        var stages = names.Select(name => Of(root, name)).ToImmutableDictionary(s => s.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var read in stages.Values.SelectMany(s => s.Inputs.Select(i => (Input: i, By: s))).ToLookup(r => r.Input, r => r.By))
        {
            if (!stages.ContainsKey(read.Key))
                stages = stages.Add(read.Key, Absent(read.Key, read.Any(s => s.State == StageState.Chosen)));
        }
        var nodes = MatrixCells.Group(stages.Values);
        var nodeOf = nodes.SelectMany(n => n.Stages.Select(s => (Stage: s.Name, Node: n.Name)))
            .ToDictionary(s => s.Stage, s => s.Node, StringComparer.OrdinalIgnoreCase);
        ImmutableArray<GraphEdge> edges =
        [
            .. nodes.SelectMany(n => n.Stages.SelectMany(s => s.Inputs).Select(i => new GraphEdge(nodeOf[i], n.Name))).Distinct()
                .OrderBy(e => e.From, StringComparer.OrdinalIgnoreCase).ThenBy(e => e.To, StringComparer.OrdinalIgnoreCase),
        ];
        return new(root.Project, Ordered(nodes, edges), edges);
    }

    GraphStage Of(Root root, string name)
    {
        var selection = root.Stages.GetValueOrDefault(name);
        var history = root.Pending.TryGetValue(name, out var pending) ? store.Records.History(pending) : null;
        var reference = history?.Facts.MaxBy(f => f.Order)?.Derivation ?? selection?.Derivation ?? root.NotBuilt.GetValueOrDefault(name);
        var derivation = reference is null ? null : store.Records.Find(reference);
        return new(
            derivation?.Name.ToString() ?? name,
            derivation?.Builder.KindName ?? "",
            StateOf(root, name, history, derivation),
            derivation?.Parameters ?? Derivation.NoTexts,
            derivation is null ? [] : [.. derivation.Inputs.Select(i => NameOf(i.At)).Order(StringComparer.OrdinalIgnoreCase)])
        {
            Metric = selection?.Results[0].Metric,
        };
    }

    /// <summary>What the last build left of a stage.</summary>
    /// <param name="pending">What is known of the stage's runs where that build could not choose among them.</param>
    /// <param name="derivation">Null where it was collected.</param>
    public static StageState StateOf(Root root, string stage, History? pending, Derivation? derivation)
    {
        if (pending is not null)
            return pending.Runs.IsEmpty ? StageState.Failed : StageState.Broken;
        if (!root.Failed.TryGetValue(stage, out var because))
            return root.NotBuilt.ContainsKey(stage) ? StageState.NotBuilt : StageState.Chosen;
        if (!string.Equals(because, stage, StringComparison.OrdinalIgnoreCase))
            return StageState.NotBuilt;
        return derivation?.Builder is Builder.Choice ? StageState.Broken : StageState.Failed;
    }

    // A stage of another project that a chosen result read was chosen; one of this project would be in the root.
    static GraphStage Absent(string name, bool wasRead) =>
        new(name, "", wasRead && name.Contains(':', StringComparison.Ordinal) ? StageState.Chosen : StageState.NotBuilt,
            Derivation.NoTexts, []);

    // No stage has a point in its name.
    static string NameOf(string at) => at.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point
        ? $"{at[..point]}:{at[(point + 1)..]}" : at;

    // Cells of one matrix may read cells of another that reads the first: then names decide.
    static ImmutableArray<GraphNode> Ordered(ImmutableArray<GraphNode> nodes, ImmutableArray<GraphEdge> edges)
    {
        var (done, ordered) = (new HashSet<string>(), ImmutableArray.CreateBuilder<GraphNode>());
        var (inputs, byName) = (edges.ToLookup(e => e.To, e => e.From), nodes.ToDictionary(n => n.Name));
        foreach (var node in nodes)
            Add(node);
        return ordered.ToImmutable();

        void Add(GraphNode first)
        {
            var pending = new Stack<(GraphNode Node, bool InputsDone)>([(first, false)]);
            while (pending.TryPop(out var next))
            {
                if (next.InputsDone)
                    ordered.Add(next.Node);
                if (next.InputsDone || !done.Add(next.Node.Name))
                    continue;
                pending.Push((next.Node, true));
                foreach (var input in inputs[next.Node.Name].Reverse())
                    pending.Push((byName[input], false));
            }
        }
    }
}
