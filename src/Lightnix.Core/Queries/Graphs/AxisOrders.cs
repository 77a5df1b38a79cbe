using Lightnix.Planning;

namespace Lightnix.Queries;

/// <summary>Orders of parameters whose values make the end of a cell's name.</summary>
public sealed class AxisOrders
{
    // Parameters with equal values fit in as many orders as there are permutations.
    int _steps = 1000;

    AxisOrders()
    {
    }

    /// <param name="rest">The name without the name of the matrix.</param>
    public static IEnumerable<ImmutableArray<string>> Of(string rest, ImmutableSortedDictionary<string, string> parameters) =>
        new AxisOrders().Find(rest, parameters);

    IEnumerable<ImmutableArray<string>> Find(string rest, ImmutableSortedDictionary<string, string> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (_steps-- <= 0)
                yield break;
            var text = Matrix.Written(value);
            if (rest.Equals(text, StringComparison.OrdinalIgnoreCase))
                yield return [name];
            if (!rest.StartsWith(text + "-", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var order in Find(rest[(text.Length + 1)..], parameters.Remove(name)))
                yield return [name, .. order];
        }
    }
}
