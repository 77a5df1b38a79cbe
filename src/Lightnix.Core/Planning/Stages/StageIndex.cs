namespace Lightnix.Planning;

/// <summary>Finds stages by the names that others call them, whole matrices and single cells alike.</summary>
sealed class StageIndex
{
    readonly SortedDictionary<string, StageMatch> _byName = new(StringComparer.OrdinalIgnoreCase);
    readonly SortedSet<string> _duplicates = new(StringComparer.OrdinalIgnoreCase);
    readonly SortedDictionary<string, string> _nearest = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names come first where they were declared first: LNX1001 for every later one.</summary>
    public StageIndex(ImmutableArray<StageDraft> drafts, Findings findings)
    {
        Drafts = drafts;
        foreach (var draft in drafts)
        {
            if (!_byName.TryAdd(draft.Item.Include, new(draft, draft.Cells)))
                AddDuplicate(draft.Item.Include, DeclarationErrors.DuplicateStage(draft.Item, _byName[draft.Item.Include].Draft.Item));
        }
        foreach (var (draft, cell) in drafts.Where(d => d.Matrix is not null).SelectMany(d => d.Cells.Select(c => (d, c))))
        {
            if (!_byName.TryAdd(cell.Name.ToString(), new(draft, [cell])))
                AddDuplicate(cell.Name.ToString(), DuplicateCell(draft, cell, _byName[cell.Name.ToString()]));
        }

        void AddDuplicate(string name, Diagnostic problem)
        {
            _duplicates.Add(name);
            findings.Add(problem);
        }

        Names = [.. _byName.Where(match => match.Value.Draft.Name is not null).Select(match => match.Key)];
    }

    public ImmutableArray<StageDraft> Drafts { get; }

    /// <summary>Every cell, each name once, in the order of declaration.</summary>
    public IEnumerable<StageName> Cells =>
        Drafts.SelectMany(d => d.Cells).Select(c => c.Name).DistinctBy(name => name.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that may be used, sorted.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>True of a name that several stages have. This is reported once, and no other mistake follows from it.</summary>
    public bool IsDuplicate(StageName name) => _duplicates.Contains(name.ToString());

    /// <summary>Names that a stage may refer to: all but its own.</summary>
    public IEnumerable<string> NamesBeside(StageDraft draft) => Names.Where(name => _byName[name].Draft.Number != draft.Number);

    public StageMatch? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The name that was probably meant, or null.</summary>
    public string? Nearest(string name)
    {
        if (!_nearest.TryGetValue(name, out var nearest))
            _nearest[name] = nearest = Spelling.Nearest(name, Names) ?? "";
        return nearest.Length == 0 ? null : nearest;
    }

    /// <summary>The stages that a reference means.</summary>
    /// <param name="fault">Why there are none: an axis or value that the matrix does not have; null when the stage is unknown.</param>
    public StageMatch? Resolve(StageReference reference, out CellFault? fault)
    {
        fault = null;
        if (Find(reference.Stage) is not { } match)
            return null;
        var cells = match.Cells;
        foreach (var (axis, value) in reference.Cells)
        {
            fault ??= FaultOf(match.Draft, axis, value);
            cells = [.. cells.Where(c => c.Axes.GetValueOrDefault(axis) == value)];
        }
        return fault is null ? match with { Cells = cells } : null;
    }

    static Diagnostic DuplicateCell(StageDraft draft, StageCell cell, StageMatch first) =>
        first.Draft == draft && first.Cells is [var other] && other.Axes.SequenceEqual(cell.Axes)
            && draft.Matrix!.Axes.FirstOrDefault(a => a.Values.Count(v => v == cell.Axes[a.Name]) > 1) is { } axis
            ? DeclarationErrors.DuplicateValue(draft.Item, axis.Name, cell.Axes[axis.Name])
            : DeclarationErrors.DuplicateCell(draft.Item, cell.Name, first.Draft.Item);

    // Of a matrix that could not be read, any axis may be there.
    static CellFault? FaultOf(StageDraft draft, string axis, string value)
    {
        if (!draft.ParametersAreWhole)
            return null;
        var axes = draft.Matrix?.Axes ?? [];
        return axes.FirstOrDefault(a => a.Name == axis) is not { } found ? new(axis, [.. axes.Select(a => a.Name)])
            : found.Values.Contains(value) ? null
            : new($"{axis}={value}", [.. found.Values.Select(v => $"{axis}={v}")]);
    }
}

/// <summary>What a name means.</summary>
/// <param name="Cells">None when the stage is there but too broken to be planned.</param>
sealed record StageMatch(StageDraft Draft, ImmutableArray<StageCell> Cells);

/// <summary>A part of <c>[axis=value]</c> that the matrix does not have, and what it has; nothing, for a stage without a matrix.</summary>
sealed record CellFault(string Text, ImmutableArray<string> Known);
