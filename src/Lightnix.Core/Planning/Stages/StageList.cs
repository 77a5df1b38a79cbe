namespace Lightnix.Planning;

/// <summary>Looks up the stages that a promise, a source or a matcher is for.</summary>
sealed class StageList(StageIndex index, Findings findings)
{
    /// <summary>The stages in <c>Stage</c>.</summary>
    /// <param name="whole">False when one is unknown.</param>
    public ImmutableArray<StageMatch> Read(ItemReader reader, out bool whole)
    {
        whole = true;
        var matches = ImmutableArray.CreateBuilder<StageMatch>();
        foreach (var text in reader.List(Names.Stage))
        {
            if (Find(reader.Item, Names.Stage, text) is { } match)
                matches.Add(match);
            else
                whole = false;
        }
        return matches.ToImmutable();
    }

    /// <summary>The cells of all, each once.</summary>
    public static IEnumerable<StageCell> Cells(ImmutableArray<StageMatch> matches) =>
        matches.Length == 1 ? matches[0].Cells : matches.SelectMany(m => m.Cells).DistinctBy(c => c.Name);

    /// <summary>True of a name that several stages have, which is reported already.</summary>
    public bool IsDuplicate(StageName name) => index.IsDuplicate(name);

    /// <summary>LNX1008 when there is no such stage.</summary>
    public StageMatch? Find(DeclaredItem item, string? metadata, string text)
    {
        CellFault? fault = null;
        // An illegal name is a mistake of its own, even where it looks like a path or a cell.
        if (index.Find(text) is { Draft.Name: null } illegal)
            return illegal;
        if (StageReference.TryParse(text, out var reference) && reference is { Project: null, Path: null }
            && index.Resolve(reference, out fault) is { } match)
            return match;
        findings.Add(fault is null
            ? DeclarationErrors.UnknownStageOf(item, metadata, text, index.Names, index.Nearest(reference?.Stage ?? text))
            : DeclarationErrors.UnknownCellOf(item, metadata, text, fault));
        return null;
    }
}
