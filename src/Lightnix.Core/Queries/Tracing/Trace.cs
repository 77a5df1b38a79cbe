namespace Lightnix.Queries;

/// <summary>Results with all that they were made from.</summary>
/// <param name="Results">Each one once: first those that were asked for, then their inputs, and so on.</param>
public sealed record Trace(ImmutableArray<TracedResult> Results)
{
    readonly ImmutableDictionary<Reference<Realization>, TracedResult> _byReference = Results.ToImmutableDictionary(r => r.Reference);

    /// <summary>Those of which the run and its derivation are known, one for each run: an adopted one before where it was adopted
    /// from.</summary>
    public IEnumerable<TracedResult> Known => Results.Where(r => r.Run is not null && r.Derivation is not null)
        .GroupBy(r => r.Run!.Reference()).Select(g => g.FirstOrDefault(r => r.AdoptedBy is not null) ?? g.First());

    /// <summary>Null if the store knows nothing of it any more.</summary>
    public TracedResult? Find(Reference<Realization> realization) => _byReference.GetValueOrDefault(realization);

    /// <summary>A result and its inputs, each before what it was made from.</summary>
    public IEnumerable<TraceStep> From(Reference<Realization> first)
    {
        var seen = new HashSet<Reference<Realization>>();
        var pending = new Stack<(ImmutableList<string> Names, Reference<Realization> Of)>();
        pending.Push(([Find(first)?.Stage ?? "?"], first));
        while (pending.TryPop(out var next))
        {
            var result = Find(next.Of);
            var isRepeated = !seen.Add(next.Of);
            yield return new(next.Names, next.Of, result, isRepeated);
            if (isRepeated || result is null)
                continue;
            foreach (var input in result.Inputs.Reverse())
                pending.Push((next.Names.Add(input.At), input.Realization));
        }
    }
}
