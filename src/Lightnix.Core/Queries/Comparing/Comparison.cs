using Lightnix.Explaining;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>What differs between two results or declarations.</summary>
/// <param name="Declared">Fields of the declaration; empty where one is not known.</param>
/// <param name="Seen">What only their builders saw: contents of inputs and versions, and the rest where a declaration is not known.</param>
/// <param name="Files">Of their trees.</param>
/// <param name="Facts">Of their runs.</param>
public sealed record Comparison(
    Comparand Before, Comparand Now,
    ImmutableArray<Cause> Declared, ImmutableArray<Cause> Seen, ImmutableArray<FileChange> Files, ImmutableArray<Cause> Facts)
{
    /// <summary>Of inputs that differ: what changed in the stages that made them, as far as records know it.</summary>
    public ImmutableArray<RootCause> Upstream { get; init; } = [];

    /// <summary>A comparison that looks into the stages of inputs too.</summary>
    /// <exception cref="StoreException">LNX3001: a record is damaged.</exception>
    public static Comparison Of(Store store, Comparand before, Comparand now)
    {
        var comparison = Of(before, now);
        if (before.Realization is not { } old || now.Realization is not { } young || old.Resolved == young.Resolved)
            return comparison;
        return comparison with
        {
            Upstream =
            [
                .. new Retrospect(store).Between(old, young).Causes
                    .Where(c => c.Cause is not null && now.Derivation is { } own && !c.Stages.Contains(own.Name)),
            ],
        };
    }

    static Comparison Of(Comparand before, Comparand now)
    {
        var declared = before.Derivation is { } old && now.Derivation is { } young ? Differences.Between(old, young) : [];
        var fields = declared.Select(c => c.Field).ToImmutableHashSet(StringComparer.Ordinal);
        var seen = before.Resolved is { } was && now.Resolved is { } @is
            ? Differences.Between(was, @is).Where(c => !fields.Contains(c.Field)) : [];
        return new(
            before, now, declared, [.. seen],
            before.Tree is { } tree && now.Tree is { } other ? FileChange.Between(tree, other) : [],
            before.Run is { } run && now.Run is { } later ? Differences.Between(run.Facts, later.Facts) : []);
    }

    /// <summary>True if nothing differs but facts of the runs, which differ always.</summary>
    public bool IsSame => Declared.IsEmpty && Seen.IsEmpty && Files.IsEmpty;
}
