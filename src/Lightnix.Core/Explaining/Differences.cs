namespace Lightnix.Explaining;

/// <summary>Compares two records of one kind. The most important differences come first.</summary>
public static class Differences
{
    /// <summary>What differs between what a builder saw and what it would see now.</summary>
    public static ImmutableArray<Cause> Between(Resolved old, Resolved now)
    {
        var found = new List<Cause>();
        Builders(found, old.Builder, now.Builder);
        Entries(found, "source", old.Sources, now.Sources, s => (s.Path.ToString(), s.Content.ToString()), (_, _) => Cause.Content);
        Executables(found, "source", old.Sources.Select(s => (s.Path, s.Executable)), now.Sources.Select(s => (s.Path, s.Executable)));
        Entries(found, "input", old.Inputs, now.Inputs, i => (i.Path.ToString(), i.Hash.ToString()), (_, _) => Cause.Content);
        Executables(found, "input", old.Inputs.Select(i => (i.Path, i.Executable)), now.Inputs.Select(i => (i.Path, i.Executable)));
        Values(found, "parameter", old.Parameters, now.Parameters);
        Values(found, "environment variable", old.Environment, now.Environment);
        Entries(found, "tool", old.Tools, now.Tools, t => (t.Key, t.Value), (_, _) => Cause.Version);
        Value(found, "Network", Text(old.Network), Text(now.Network));
        Value(found, "Platform", old.Platform, now.Platform);
        Value(found, "Seed", old.Seed, now.Seed);
        Value(found, "epoch", old.Epoch, now.Epoch);
        return [.. found];
    }

    /// <summary>The same, with texts and files in place of hashes, as far as they are known.</summary>
    public static ImmutableArray<Cause> Between(Seen old, Seen now) =>
        [.. Between(old.Resolved, now.Resolved).Select(c => Explained(c, old, now))];

    /// <summary>Fields of a derivation that differ, where the contents of inputs are not known yet.</summary>
    public static ImmutableArray<Cause> Between(Derivation old, Derivation now)
    {
        var found = new List<Cause>(Between(Declared(old), Declared(now)));
        Entries(found, "input", old.Inputs, now.Inputs, i => (i.At, $"{i.Derivation} {string.Join(' ', i.Paths)}"),
            (a, b) => a.Derivation == b.Derivation ? "paths" : "derivation");
        return [.. found];
    }

    /// <summary>Fields of a matcher that differ, by the names of their metadata.</summary>
    public static ImmutableArray<Cause> Between(Matcher old, Matcher now)
    {
        var found = new List<Cause>();
        Field("Select", m => m.Select.ToString());
        Field("Take", m => Text(m.Take));
        Field("AtLeast", m => Text(m.AtLeast));
        Field("AtMost", m => Text(m.AtMost));
        Field("Metric", m => m.Metric?.ToString());
        Field("Order", m => m.LowestIsBest ? "Min" : "Max");
        Field("Realizations", m => m.Realizations.IsEmpty ? null : string.Join(';', m.Realizations));
        return [.. found];

        void Field(string name, Func<Matcher, string?> value) => Value(found, name, value(old), value(now));
    }

    /// <summary>What differs between the rules of two choices: promises, then the matcher.</summary>
    public static ImmutableArray<Cause> Between(ChoiceRules old, ChoiceRules now) =>
    [
        .. old.Promises.SequenceEqual(now.Promises) ? [] : PromiseDifferences.Between(old, now),
        .. Between(old.Matcher, now.Matcher).Where(c => c.Field != "AtMost" || !IsFollowing(old.Matcher) || !IsFollowing(now.Matcher))
            .Select(c => c with { Field = $"matcher {c.Field}" }),
    ];

    // Where AtMost is not declared, it is AtLeast.
    static bool IsFollowing(Matcher matcher) => matcher.AtMost == matcher.AtLeast;

    /// <summary>Parameters of two stages that differ, as far as both have them.</summary>
    public static ImmutableArray<Cause> Between(Winner old, Winner now) =>
    [
        .. from name in now.Parameters.Keys
           where old.Parameters.ContainsKey(name) && old.Parameters[name] != now.Parameters[name]
           select new Cause($"{Cause.Parameter}{name}", old.Parameters[name], now.Parameters[name]),
    ];

    /// <summary>What differs between the circumstances of two runs.</summary>
    public static ImmutableArray<Cause> Between(RunFacts old, RunFacts now)
    {
        var found = new List<Cause>();
        Value(found, "replicate", Text(old.Replicate), Text(now.Replicate));
        Value(found, "attempt", Text(old.Attempt), Text(now.Attempt));
        Value(found, "seed", old.Seed is { } before ? Text(before) : null, now.Seed is { } after ? Text(after) : null);
        Value(found, "revision", old.RevisionText, now.RevisionText);
        Value(found, "host", old.Host.Name, now.Host.Name);
        Value(found, "system", old.Host.System, now.Host.System);
        Value(found, "processor", old.Host.Processor, now.Host.Processor);
        Value(found, "sandbox", old.Sandbox, now.Sandbox);
        Value(found, "version of Lightnix", old.Host.Lightnix, now.Host.Lightnix);
        Values(found, "version of", old.Tools, now.Tools);
        return [.. found];
    }

    static Cause Explained(Cause cause, Seen old, Seen now)
    {
        if (cause.Rest(Cause.Tool) is { } tool)
        {
            var (before, after) = (old.VersionOf(tool), now.VersionOf(tool));
            // Where only one text is known, the hashes say more.
            return (before is null) == (cause.Before is null) && (after is null) == (cause.Now is null)
                ? new(cause.Field, before?.Trim(), after?.Trim()) : cause;
        }
        return cause is { IsInput: true, Aspect: Cause.Content }
            && old.FolderAt(cause.Path!) is { } was && now.FolderAt(cause.Path!) is { } @is
            ? cause with { Files = FileChange.Between(was, @is) } : cause;
    }

    static Resolved Declared(Derivation derivation) => new()
    {
        Builder = derivation.Builder,
        Parameters = derivation.Parameters,
        Environment = derivation.Environment,
        Sources = derivation.Sources,
        Tools = derivation.Tools.ToImmutableSortedDictionary(t => t, _ => "", Utf8Order.Instance),
        Network = derivation.Network,
        Platform = derivation.Platform,
        Seed = derivation.Seed,
        Epoch = derivation.Epoch,
    };

    static void Builders(List<Cause> found, Builder old, Builder now)
    {
        if (old.GetType() != now.GetType())
        {
            Value(found, "the builder", Kind(old), Kind(now));
            return;
        }
        foreach (var (before, after) in old.Fields.Zip(now.Fields))
            Value(found, after.Name, before.Value, after.Value);
    }

    static string Kind(Builder builder) => builder.GetType().Name.ToLowerInvariant();

    static string Text(bool value) => value ? "true" : "false";

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static void Values(
        List<Cause> found, string what, ImmutableSortedDictionary<string, string> old, ImmutableSortedDictionary<string, string> now)
    {
        foreach (var name in old.Keys.Union(now.Keys).Order(Utf8Order.Instance))
            Value(found, $"{what} {name}", old.GetValueOrDefault(name), now.GetValueOrDefault(name));
    }

    static void Value(List<Cause> found, string field, string? old, string? now)
    {
        if (old != now)
            found.Add(new(field, old, now));
    }

    static void Executables(
        List<Cause> found, string what, IEnumerable<(RelativePath Path, bool Is)> old, IEnumerable<(RelativePath Path, bool Is)> now)
    {
        var before = old.ToImmutableSortedDictionary(e => e.Path, e => e.Is);
        foreach (var (path, isNow) in now)
        {
            if (before.TryGetValue(path, out var was) && was != isNow)
                found.Add(new($"{what} {path}", Bit(was), Bit(isNow)));
        }

        static string Bit(bool isExecutable) => isExecutable ? "executable" : "not executable";
    }

    static void Entries<T>(
        List<Cause> found,
        string what,
        IEnumerable<T> old,
        IEnumerable<T> now,
        Func<T, (string Name, string Value)> read,
        Func<T, T, string> aspect)
        where T : notnull
    {
        var before = old.ToImmutableSortedDictionary(e => read(e).Name, e => e, Utf8Order.Instance);
        var after = now.ToImmutableSortedDictionary(e => read(e).Name, e => e, Utf8Order.Instance);
        foreach (var name in before.Keys.Union(after.Keys).Order(Utf8Order.Instance))
        {
            var hasBefore = before.TryGetValue(name, out var a);
            var hasNow = after.TryGetValue(name, out var b);
            var (valueBefore, valueNow) = (hasBefore ? read(a!).Value : null, hasNow ? read(b!).Value : null);
            if (valueBefore != valueNow)
                found.Add(new($"{what} {name}", valueBefore, valueNow) { Aspect = hasBefore && hasNow ? aspect(a!, b!) : null });
        }
    }
}
