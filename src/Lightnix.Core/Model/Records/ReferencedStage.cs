namespace Lightnix.Model;

/// <summary>A stage of a referenced project: what may be read of it and, once it is built, what was chosen.</summary>
/// <remarks>It travels between projects as texts (<see cref="ReferencedStageTexts"/>). Content stays in the store.</remarks>
public sealed record ReferencedStage
{
    /// <summary>The project file whose stage it is, absolute.</summary>
    public required string Project { get; init; }

    public required StageName Name { get; init; }

    /// <summary>The name as declared: of a matrix cell, the name of the whole matrix.</summary>
    public required StageName DeclaredName { get; init; }

    /// <summary>Of a matrix cell: its values by axis.</summary>
    public ImmutableSortedDictionary<string, string> Axes { get; init; } = Model.Derivation.NoTexts;

    /// <summary>Of its derivation, with the values of its axes.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = Model.Derivation.NoTexts;

    public ImmutableArray<ReferencedPromise> Promises { get; init; } = [];

    /// <summary>What chooses among its results.</summary>
    public required Matcher Matcher { get; init; }

    /// <summary>The store that its project uses, absolute.</summary>
    public required string Store { get; init; }

    /// <summary>Null where only declarations are known.</summary>
    public Reference<Derivation>? Derivation { get; init; }

    /// <summary>Digest of its promises and its matcher, which decide about its results; known with the derivation.</summary>
    public Digest? Rules { get; init; }

    /// <summary>Null where nothing was chosen.</summary>
    public Choice? Choice { get; init; }

    /// <summary>Its files may be absent although it is chosen.</summary>
    public bool IsIntermediate { get; init; }

    /// <summary>Of a plan: a build would fail here.</summary>
    public bool Fails { get; init; }
}
