using System.Collections.Immutable;
using System.Globalization;
using Lightnix.Hashing;
using Lightnix.Model;

namespace Lightnix.Realizing;

/// <summary>Says in sentences how two records differ: why something is not what it was.</summary>
public static class Differences
{
    /// <summary>
    /// What differs between what a builder saw and what it would see now, the most telling first; empty where nothing does.
    /// </summary>
    public static ImmutableArray<string> Between(Resolved old, Resolved now)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        Builders(found, old.Builder, now.Builder);
        Entries(found, "source", old.Sources, now.Sources, s => s.Path.ToString(),
            (a, b) => a.Content == b.Content ? "executable bit" : "content");
        Entries(found, "input", old.Inputs, now.Inputs, i => i.Path.ToString(), (_, _) => "content");
        Values(found, "parameter", old.Parameters, now.Parameters);
        Values(found, "environment variable", old.Environment, now.Environment);
        Entries(found, "tool", old.Tools, now.Tools, t => t.Key, (_, _) => "version");
        Value(found, "Network", old.Network ? "true" : "false", now.Network ? "true" : "false");
        Value(found, "Platform", old.Platform, now.Platform);
        Value(found, "Seed", old.Seed, now.Seed);
        Value(found, "epoch", old.Epoch, now.Epoch);
        return found.ToImmutable();
    }

    /// <summary>Fields of a derivation that differ, where the inputs' contents are not known yet.</summary>
    public static ImmutableArray<string> Between(Derivation old, Derivation now)
    {
        var found = Between(Declared(old), Declared(now)).ToBuilder();
        Entries(found, "input", old.Inputs, now.Inputs, i => i.At, (a, b) => a.Derivation == b.Derivation ? "paths" : "derivation");
        return found.ToImmutable();
    }

    /// <summary>Fields of a matcher that differ, by the names of their metadata, with both values.</summary>
    public static ImmutableArray<string> Between(Matcher old, Matcher now)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        Field("Select", m => m.Select.ToString());
        Field("Take", m => Text(m.Take));
        Field("AtLeast", m => Text(m.AtLeast));
        Field("AtMost", m => Text(m.AtMost));
        Field("Metric", m => m.Metric?.ToString());
        Field("Order", m => m.LowestIsBest ? "Min" : "Max");
        Field("Realizations", m => m.Realizations.IsEmpty ? null : string.Join(';', m.Realizations));
        return found.ToImmutable();

        void Field(string name, Func<Matcher, string?> value)
        {
            var (before, after) = (value(old), value(now));
            if (before != after)
                found.Add($"{name} was {Quoted(before)} and is {Quoted(after)}");
        }

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

        static string Quoted(string? text) => text is null ? "not there" : $"'{text}'";
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

    static void Builders(ImmutableArray<string>.Builder found, Builder old, Builder now)
    {
        if (old.GetType() != now.GetType())
        {
            found.Add($"the builder was {Kind(old)} and is {Kind(now)}");
            return;
        }
        foreach (var (before, after) in old.Fields.Zip(now.Fields))
            Value(found, after.Name, before.Value, after.Value);
    }

    static string Kind(Builder builder) => builder switch
    {
        Builder.Import => "an import",
        _ => $"a {builder.GetType().Name.ToLowerInvariant()}",
    };

    static void Values(ImmutableArray<string>.Builder found, string what, ImmutableSortedDictionary<string, string> old,
        ImmutableSortedDictionary<string, string> now)
    {
        foreach (var name in old.Keys.Union(now.Keys).Order(Utf8Order.Instance))
            Value(found, $"{what} {name}", old.GetValueOrDefault(name), now.GetValueOrDefault(name));
    }

    static void Value(ImmutableArray<string>.Builder found, string what, string? old, string? now)
    {
        if (old == now)
            return;
        var plain = IsPlain(old) && IsPlain(now);
        found.Add((old, now) switch
        {
            (null, _) => $"{what} is new",
            (_, null) => $"{what} is gone",
            _ when plain => $"{what} was '{old}' and is '{now}'",
            _ => $"{what} changed",
        });
    }

    static bool IsPlain(string? text) => text is null || (text.Length <= 60 && !text.Contains('\n', StringComparison.Ordinal));

    static void Entries<T>(ImmutableArray<string>.Builder found, string what, IEnumerable<T> old, IEnumerable<T> now, Func<T, string> name,
        Func<T, T, string> aspect)
    {
        var before = old.ToDictionary(name, StringComparer.Ordinal);
        var after = now.ToDictionary(name, StringComparer.Ordinal);
        foreach (var each in before.Keys.Union(after.Keys).Order(Utf8Order.Instance))
        {
            if (!after.TryGetValue(each, out var b))
                found.Add($"{what} {each} is gone");
            else if (!before.TryGetValue(each, out var a))
                found.Add($"{what} {each} is new");
            else if (!EqualityComparer<T>.Default.Equals(a, b) && !SameInput(a, b))
                found.Add($"{what} {each} changed ({aspect(a, b)})");
        }
    }

    // Arrays inside records compare by identity.
    static bool SameInput<T>(T a, T b) =>
        a is InputEntry x && b is InputEntry y && x.Derivation == y.Derivation && x.Paths.SequenceEqual(y.Paths);
}
