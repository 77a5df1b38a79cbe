namespace Lightnix.Planning;

/// <summary>Finds the cycles of a graph without recursion: Tarjan's strongly connected components, and in each the shortest cycle through
/// every node that is on none yet.</summary>
static class Cycles
{
    /// <returns>Each cycle once, without its first node at the end; it starts at its lowest number.</returns>
    public static IEnumerable<ImmutableArray<int>> Of(IReadOnlyList<ImmutableArray<int>> edges)
    {
        var component = Components(edges);
        var reported = new bool[edges.Count];
        for (var node = 0; node < edges.Count; node++)
        {
            if (reported[node] || Through(node, edges, component) is not { } cycle)
                continue;
            foreach (var each in cycle)
                reported[each] = true;
            var lowest = cycle.IndexOf(cycle.Min());
            yield return [.. cycle[lowest..], .. cycle[..lowest]];
        }
    }

    // Breadth first, inside the node's component.
    static ImmutableArray<int>? Through(int start, IReadOnlyList<ImmutableArray<int>> edges, int[] component)
    {
        var cameFrom = new SortedDictionary<int, int>();
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var next in edges[node])
            {
                if (next == start)
                    return Path(start, node, cameFrom);
                if (component[next] == component[start] && cameFrom.TryAdd(next, node))
                    queue.Enqueue(next);
            }
        }
        return null;
    }

    static ImmutableArray<int> Path(int start, int end, SortedDictionary<int, int> cameFrom)
    {
        var path = new List<int> { end };
        while (path[^1] != start)
            path.Add(cameFrom[path[^1]]);
        path.Reverse();
        return [.. path];
    }

    static int[] Components(IReadOnlyList<ImmutableArray<int>> edges)
    {
        var component = Enumerable.Repeat(-1, edges.Count).ToArray();
        var (number, low, next) = (Enumerable.Repeat(-1, edges.Count).ToArray(), new int[edges.Count], new int[edges.Count]);
        var (open, calls) = (new Stack<int>(), new Stack<int>());
        var (count, numbered) = (0, 0);
        for (var root = 0; root < edges.Count; root++)
        {
            if (number[root] >= 0)
                continue;
            Enter(root);
            while (calls.TryPeek(out var node))
            {
                if (next[node] < edges[node].Length)
                {
                    var to = edges[node][next[node]++];
                    if (number[to] < 0)
                        Enter(to);
                    else if (component[to] < 0)
                        low[node] = Math.Min(low[node], number[to]);
                    continue;
                }
                calls.Pop();
                if (calls.TryPeek(out var caller))
                    low[caller] = Math.Min(low[caller], low[node]);
                if (low[node] == number[node])
                    Close(node);
            }
        }
        return component;

        void Enter(int node)
        {
            low[node] = number[node] = numbered++;
            open.Push(node);
            calls.Push(node);
        }

        void Close(int node)
        {
            int member;
            do
            {
                member = open.Pop();
                component[member] = count;
            }
            while (member != node);
            count++;
        }
    }
}
