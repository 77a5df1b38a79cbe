using System.Collections.Immutable;
using Lightnix.Hashing;

namespace Lightnix.Model;

/// <summary>What a build chose for one stage.</summary>
/// <param name="Realizations">In the order of the selection.</param>
/// <param name="Trees">Of the realizations, in the same order.</param>
/// <param name="Metrics">By which they were chosen, in the same order, in the invariant culture; empty where there is no metric.</param>
/// <param name="Matcher">What chose.</param>
/// <param name="Promises">Keys of the promises that the chosen ones keep, sorted.</param>
/// <param name="Known">The highest order of a run that the matcher had seen.</param>
public sealed record Selection(
    Reference<Derivation> Derivation,
    Reference<Resolved> Resolved,
    ImmutableArray<Reference<Realization>> Realizations,
    ImmutableArray<Reference<Tree>> Trees,
    ImmutableArray<string> Metrics,
    Matcher Matcher,
    ImmutableArray<Digest> Promises,
    long Known)
{
    /// <summary>Promised paths whose files must be read for a verdict, sorted: with the metric, what is kept of a result that is collected.</summary>
    public ImmutableArray<RelativePath> Reads { get; init; } = [];

    /// <summary>True where a lock file chose in this build, in place of the matcher. Not recorded.</summary>
    public bool IsPinned { get; init; }

    /// <summary>What another project chose, as far as it is handed over: how it chose is its own matter. No root keeps it.</summary>
    public static Selection Handed(Reference<Derivation> derivation, HandedChoice choice) =>
        new(derivation, choice.Resolved, choice.Realizations, choice.Trees, [], Matcher.Default, [], 0);

    /// <summary>True when the matcher may choose several, however many it chose.</summary>
    public bool Plural => Matcher.IsPlural;

    internal JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("derivation", Derivation.ToString())
        .With("resolved", Resolved.ToString())
        .With("realizations", JsonValue.Texts(Realizations.Select(r => r.ToString())))
        .With("trees", JsonValue.Texts(Trees.Select(t => t.ToString())))
        .WithOptional("metrics", JsonValue.Texts(Metrics).Items)
        .With("matcher", Matcher.ToJson())
        .WithOptional("promises", JsonValue.Texts(Promises.Select(p => p.ToString())).Items)
        .WithOptional("reads", JsonValue.Texts(Reads.Select(r => r.ToString())).Items)
        .With("known", Known);

    /// <exception cref="FormatException">A member is missing, or the members do not fit each other.</exception>
    internal static Selection FromJson(JsonValue.Object json)
    {
        var selection = Read(json);
        var count = selection.Realizations.Length;
        return selection.Trees.Length == count && (selection.Metrics.IsEmpty || selection.Metrics.Length == count)
            ? selection
            : throw new FormatException($"a selection of {count} realizations has {selection.Trees.Length} trees and {selection.Metrics.Length} metrics");
    }

    static Selection Read(JsonValue.Object json) => new(
        Reference<Derivation>.Parse(json.Text("derivation")),
        Reference<Resolved>.Parse(json.Text("resolved")),
        [.. json.OptionalTexts("realizations").Select(Reference<Realization>.Parse)],
        [.. json.OptionalTexts("trees").Select(Reference<Tree>.Parse)],
        json.OptionalTexts("metrics"),
        Matcher.FromJson(json.Object("matcher")),
        [.. json.OptionalTexts("promises").Select(Digest.Parse)],
        json.Integer("known", 0, RunFacts.MostOrder))
    {
        Reads = [.. json.OptionalTexts("reads").Select(RelativePath.Parse)],
    };

    public bool SameChoice(Selection? other) => other is not null && Realizations.SequenceEqual(other.Realizations);
}

/// <summary>A root of the store: what the last build of a project chose. It keeps things from garbage collection while the project file is there.</summary>
/// <param name="Project">The project file's full path.</param>
/// <param name="Stages">By stage name. A stage that the last build could not choose for keeps its last choice.</param>
public sealed record Root(string Project, ImmutableSortedDictionary<string, Selection> Stages) : IRecord<Root>
{
    public static string Format => "lightnix/root/1";

    /// <summary>By stage name: what the last build could not choose from, because a promise was broken or the matcher was not satisfied. Its results are not collected.</summary>
    public ImmutableSortedDictionary<string, Reference<Resolved>> Pending { get; init; } = ImmutableSortedDictionary.Create<string, Reference<Resolved>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The full path of the project's lock file, whose pins are kept too; null where it had none.</summary>
    public string? LockFile { get; init; }

    public static Root None(string project) => new(project, ImmutableSortedDictionary.Create<string, Selection>(StringComparer.OrdinalIgnoreCase));

    // The only record that is replaced, so its name cannot be its digest: it carries one.
    public JsonValue.Object ToJson() => Plain().With("check", CheckOf(Plain()));

    JsonValue.Object Plain() => JsonValue.Object.Empty
        .With("project", Project)
        .WithOptional("lockFile", LockFile)
        .WithOptional("pending", Pending.ToImmutableSortedDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal))
        .With("stages", Stages.Aggregate(JsonValue.Object.Empty, (all, s) => all.With(s.Key, s.Value.ToJson())));

    public static Root FromJson(JsonValue.Object json)
    {
        var root = new Root(json.Text("project"), Read(json.Object("stages")))
        {
            LockFile = json.OptionalText("lockFile"),
            Pending = json.OptionalMap("pending").ToImmutableSortedDictionary(p => p.Key, p => Reference<Resolved>.Parse(p.Value), StringComparer.OrdinalIgnoreCase),
        };
        return json.Text("check") == CheckOf(root.Plain()) ? root : throw new FormatException("its member 'check' is not the digest of the rest");
    }

    static string CheckOf(JsonValue.Object root) => Digest.Of(CanonicalJson.ToBytes(root)).ToString();

    static ImmutableSortedDictionary<string, Selection> Read(JsonValue.Object stages) =>
        stages.Members.Keys.ToImmutableSortedDictionary(k => k, k => Selection.FromJson(stages.Object(k)), StringComparer.OrdinalIgnoreCase);
}
