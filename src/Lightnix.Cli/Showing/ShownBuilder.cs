using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>What made a result: the builder with parameters, inputs by stage name, and sources.</summary>
static class ShownBuilder
{
    /// <param name="facts">Of a run, for the results that it read; null: none.</param>
    public static IEnumerable<(string, string)> Of(Store store, Derivation derivation, RunFacts? facts) =>
    [
        .. derivation.Builder.Fields.Where(f => f.Value is not null).Select(f => (f.Title, f.Value!)),
        .. derivation.Parameters.Select(p => ("parameter", $"{p.Key} = {p.Value}")),
        .. derivation.Environment.Select(e => ("environment", $"{e.Key} = {e.Value}")),
        .. derivation.Inputs.Select(i => ("input", Text(i, facts))),
        .. derivation.Sources.Select(s => ("source", $"{s.Path}{(s.Executable ? ", executable" : "")}{Size(store, s)}")),
        .. derivation.Tools.Select(t => ("tool", facts?.Tools.GetValueOrDefault(t) is { } version ? $"{t}: {version.Trim()}" : t)),
    ];

    static string Text(InputEntry input, RunFacts? facts)
    {
        var paths = input.IsWhole ? "" : $" ({string.Join(", ", input.Paths)})";
        var results = facts?.Context.GetValueOrDefault(input.At, []).Select(ShownText.Name) ?? [];
        return $"{input.At}{paths}{string.Concat(results.Select(r => $"  {r}"))}";
    }

    static string Size(Store store, SourceEntry source) =>
        store.Trees.SizeOf(source.Content) is { } size ? $"  {Quantities.Text(size)}" : "";
}
