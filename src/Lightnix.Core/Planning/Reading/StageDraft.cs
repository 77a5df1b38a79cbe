namespace Lightnix.Planning;

/// <summary>A stage as it was written: every value read, nothing looked up.</summary>
sealed record StageDraft
{
    public required DeclaredItem Item { get; init; }

    /// <summary>Its place among the stages.</summary>
    public required int Number { get; init; }

    /// <summary>Null when the name is illegal; others may still refer to it by its text.</summary>
    public required StageName? Name { get; init; }

    /// <summary>None when it is unknown.</summary>
    public required BuilderKinds Kind { get; init; }

    /// <summary>Null when it cannot be made of what was written.</summary>
    public required BuilderDraft? Builder { get; init; }

    /// <summary>Stages that it needs as a whole: those in <c>Inputs</c>, of a choice those in <c>From</c>.</summary>
    public required ImmutableArray<string> Inputs { get; init; }

    /// <summary>The metadatum that lists <see cref="Inputs"/>.</summary>
    public string InputList => IsChoice ? Names.From : Names.Inputs;

    public required ImmutableSortedDictionary<string, string> Parameters { get; init; }
    public required Matrix? Matrix { get; init; }

    /// <summary>False when parameters or axes may be missing because an entry could not be read.</summary>
    public required bool ParametersAreWhole { get; init; }

    /// <summary>One for each combination of the matrix; of an ordinary stage, one. None when the name or the matrix is wrong.</summary>
    public required ImmutableArray<StageCell> Cells { get; init; }

    public required ImmutableSortedDictionary<string, string> Environment { get; init; }
    public required ImmutableArray<string> Tools { get; init; }
    public required bool Network { get; init; }
    public required string? Platform { get; init; }
    public required string? Seed { get; init; }
    public required string? Epoch { get; init; }
    public required Execution Execution { get; init; }
    public bool Runs => (Kind & BuilderKinds.Running) != 0;
    public bool IsChoice => Kind == BuilderKinds.Choice;
    public bool IsFixedOutput => Kind is BuilderKinds.Download or BuilderKinds.Import;

    /// <summary>Every name after <c>@{params.</c> that means something.</summary>
    public IEnumerable<string> ParameterNames => Parameters.Keys.Concat(Matrix?.Axes.Select(a => a.Name) ?? []);
}

/// <summary>A stage that will be: of a matrix, one of its combinations.</summary>
/// <param name="Axes">Its values; empty for an ordinary stage.</param>
sealed record StageCell(StageName Name, ImmutableSortedDictionary<string, string> Axes);
