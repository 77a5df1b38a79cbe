using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>A trace for people: each result with its run and sources, and its inputs below it.</summary>
sealed class TraceText(Trace trace, Store store)
{
    public void Show(NamedContent named)
    {
        if (named.Places is [var place, .. var others])
            Output.Line($"{named.Name} is {(place.Path.IsRoot ? "the whole result" : $"'{place.Path}' of the result")} of "
                + $"{trace.Results[0].Stage ?? "a stage that is not known any more"}"
                + (others.IsEmpty ? "" : $"; {others.Length} more {(others.Length == 1 ? "place has" : "places have")} the same content"));
        foreach (var step in named.Results.SelectMany(r => trace.From(r.Reference())))
            Show(step);
    }

    void Show(TraceStep step)
    {
        var indent = new string(' ', 4 * (step.Names.Count - 1));
        var state = step switch
        {
            { Result: null } => "nothing is known of it any more",
            { IsRepeated: true } => "as above",
            { Result: var result } => State(result),
        };
        Output.Line($"{indent}{step.Names[^1]}  {step.Realization.Short}  {state}");
        if (step is { Result: { } shown, IsRepeated: false })
            foreach (var line in Lines(shown))
                Output.Line($"{indent}  {line}");
    }

    static string State(TracedResult result)
    {
        var chosen = result.ChosenBy.GroupBy(c => c.Project).Select(of => $"chosen as {string.Join(", ", of.Select(c => c.Stage))} "
            + $"of {Named(of.Key)}{string.Concat(of.Select(c => c.Metric).OfType<string>().Distinct().Select(m => $" with {m}"))}");
        return string.Join(", ", [.. chosen, .. result.IsPresent ? Array.Empty<string>() : ["collected"]]);
    }

    // A project of the current folder needs no path.
    static string Named(string project) =>
        Path.GetDirectoryName(project) == Environment.CurrentDirectory ? Path.GetFileName(project) : project;

    IEnumerable<string> Lines(TracedResult result)
    {
        if (result.Run is { Facts: var facts })
        {
            var seed = facts.Seed is { } s ? string.Create(CultureInfo.InvariantCulture, $", seed {s}") : "";
            yield return string.Create(CultureInfo.InvariantCulture, $"made       {Output.When(facts.End)} on {facts.Host.Name} in "
                + $"{Output.Took(facts.Duration)}{Output.Tries(facts)}, replicate {facts.Replicate}{seed}");
        }
        if (result.Run?.Facts.RevisionText is { } revision)
            yield return $"revision   {revision}";
        if (result.Run is { Adopted: { } adopted })
            yield return $"adopted    from {adopted.From.Short} by {adopted.Who}: {adopted.Reason}";
        foreach (var note in result.Notes)
            yield return $"note       {Visible.Text(note.Text)} ({note.Who})";
        if (result.Derivation is not { } derivation)
            yield break;
        foreach (var field in derivation.Builder.Fields.Where(f => f.Value is not null))
            yield return $"{field.Title,-10} {field.Value!.Replace("\n", "\n             ", StringComparison.Ordinal)}";
        foreach (var (name, value) in derivation.Parameters)
            yield return $"parameter  {name} = {value}";
        foreach (var source in derivation.Sources)
            yield return $"source     {source.Path}  {source.Content.Short}{Size(source)}";
    }

    // The size is known for sources that the store keeps.
    string Size(SourceEntry source) => store.Trees.SizeOf(source.Content) is { } size ? $"  {Quantities.Text(size)}" : "";
}
