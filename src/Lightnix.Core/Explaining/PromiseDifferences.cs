namespace Lightnix.Explaining;

/// <summary>What differs between the promises of two choices, by the names of their metadata.</summary>
static class PromiseDifferences
{
    public static IEnumerable<Cause> Between(ChoiceRules old, ChoiceRules now)
    {
        // Roots of older formats have hashes only.
        if ((old.Demands.IsEmpty && !old.Promises.IsEmpty) || (now.Demands.IsEmpty && !now.Promises.IsEmpty))
            return [new("the promises", "", "") { Aspect = "what they were is not recorded" }];
        var (before, after) = (old.Demands.ToLookup(d => d.Title), now.Demands.ToLookup(d => d.Title));
        return before.Select(d => d.Key).Union(after.Select(d => d.Key)).Order(StringComparer.Ordinal)
            .SelectMany(title => (before[title].ToImmutableArray(), after[title].ToImmutableArray()) switch
            {
                ([var a], [var b]) => Fields(title, a, b),
                var (a, b) => a.Except(b).Select(d => new Cause($"promise {title}", Text(d), null))
                    .Concat(b.Except(a).Select(d => new Cause($"promise {title}", null, Text(d)))),
            });
    }

    static IEnumerable<Cause> Fields(string title, RecordedPromise old, RecordedPromise now) =>
        from name in old.Fields.Keys.Union(now.Fields.Keys).Order(StringComparer.Ordinal)
        let before = old.Fields.GetValueOrDefault(name)
        let after = now.Fields.GetValueOrDefault(name)
        where before != after
        select new Cause($"promise {title} {name}", before, after);

    // Its path is in the field.
    static string Text(RecordedPromise promise) =>
        string.Join(", ", promise.Fields.Where(f => f.Value != promise.Path).Select(f => $"{f.Key} {f.Value}"));
}
