namespace Lightnix.Model;

/// <summary>What was chosen for a stage: by this build, the last one, a lock file or another project.</summary>
/// <param name="Results">In their order, numbered from 1 where the choice is plural; at least one.</param>
/// <param name="Plural">True when the stage's matcher may choose several, however many it chose.</param>
public sealed record Choice(Reference<Derivation> Derivation, ImmutableArray<ChosenResult> Results, bool Plural)
{
    /// <summary>The resolved derivation of its first result: of all, where it is no choice of a choice stage.</summary>
    public Reference<Resolved> Resolved => Results[0].Resolved;

    /// <summary>True of a choice stage, whose results are those of other stages.</summary>
    public bool IsAmongStages => Results[0].Winner is not null;

    public IEnumerable<Reference<Realization>> Realizations => Results.Select(r => r.Realization);
    public IEnumerable<Reference<Tree>> Trees => Results.Select(r => r.Tree);

    /// <summary>Its results by their short references, for messages.</summary>
    public string Short => string.Join(' ', Results.Select(r => r.Realization.Short));

    /// <summary>True when the other one has the same results in the same order.</summary>
    public bool IsSame(Choice? other) => other is not null && Realizations.SequenceEqual(other.Realizations);
}
