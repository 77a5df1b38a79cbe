namespace Lightnix.Realizing;

/// <summary>A chosen tree lacks a path: a promise is on a folder, and a stage reads a path below it.</summary>
public sealed class MissingInputException(StageName stage, RelativePath path) : Exception($"the result of '{stage}' has no '{path}'")
{
    public StageName Stage { get; } = stage;
    public RelativePath Path { get; } = path;
}
