using Lightnix.Model;

namespace Lightnix.Realizing;

/// <summary>A chosen tree lacks a promised path: only possible when what keeps its promises is not what was promised.</summary>
public sealed class MissingInputException(StageName stage, RelativePath path) : Exception($"the result of '{stage}' has no '{path}'")
{
    public StageName Stage { get; } = stage;

    public RelativePath Path { get; } = path;
}
