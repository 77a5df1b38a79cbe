namespace Lightnix.Planning;

/// <summary>Finds scripts, programs and imports in the working tree, each once.</summary>
sealed class BuilderFinder
{
    readonly ImmutableSortedDictionary<string, ImportedContent?>.Builder _imports =
        ImmutableSortedDictionary.CreateBuilder<string, ImportedContent?>(StringComparer.Ordinal);

    readonly ImmutableSortedDictionary<ProgramProject, ProgramOutput?>.Builder _programs =
        ImmutableSortedDictionary.CreateBuilder<ProgramProject, ProgramOutput?>();

    public required DeclaredProject Project { get; init; }
    public required ProjectPaths Paths { get; init; }
    public required ForbiddenPaths Forbidden { get; init; }
    public required IContents Contents { get; init; }
    public required SourceReader Sources { get; init; }
    public required Findings Findings { get; init; }

    /// <summary>Receives programs that are not built yet.</summary>
    public required Findings Unbuilt { get; init; }

    /// <summary>The builder of a stage; null where something is missing or refused.</summary>
    public FoundBuilder? Find(StageDraft draft)
    {
        try
        {
            return draft.Builder?.Find(draft, this);
        }
        catch (ContentException refusal)
        {
            Findings.Add(draft.Builder!.Refused(draft, this, refusal));
            return null;
        }
    }

    public ProgramOutput? Output(ProgramProject program)
    {
        if (!_programs.TryGetValue(program, out var output))
            _programs[program] = output = Contents.Program(program);
        return output;
    }

    public ImportedContent? Import(string file)
    {
        if (!_imports.TryGetValue(file, out var found))
            _imports[file] = found = Contents.Import(file, Project.Directory);
        return found;
    }

    /// <summary>Refuses a path that leads to a result. A bare name is searched on the path, and one below <c>in</c> is an input.</summary>
    public bool RefuseResult(StageDraft draft, string metadata, string? value)
    {
        if (value is null || !value.AsSpan().ContainsAny('/', '\\') || value.StartsWith("in/", StringComparison.Ordinal)
            || Forbidden.OfResult(Paths.OfText(value)) is not { } written)
            return false;
        Findings.Add(ForbiddenErrors.Value(draft.Item, metadata, value, written));
        return true;
    }

    /// <summary>Adds a finding about a missing path, unless a placeholder in the path is a finding already.</summary>
    public void AddMissing(string declared, Diagnostic diagnostic)
    {
        if (!declared.Contains("@{", StringComparison.Ordinal))
            Findings.Add(diagnostic);
    }
}
