namespace Lightnix.Planning;

/// <summary>A builder with what was found in the working tree.</summary>
sealed record FoundBuilder(Builder Builder)
{
    public SourceFile? Script { get; init; }
    public ProgramOutput? Program { get; init; }
    public string? ImportPath { get; init; }
    public Tree? ImportTree { get; init; }
}
