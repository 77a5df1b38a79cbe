namespace Lightnix.Planning;

/// <summary>A stage's references to others, looked up.</summary>
/// <param name="Templates">Its command or arguments, parsed.</param>
/// <param name="Variables">Values of its environment that hold placeholders, parsed.</param>
/// <param name="Needs">What it needs, by the name of each cell.</param>
/// <param name="Drafts">The numbers of the stages that it needs, each once, also of stages too broken to have cells.</param>
sealed record StageLinks(ImmutableArray<Template> Templates, ImmutableSortedDictionary<string, Template> Variables, InputNeeds Needs,
    ImmutableArray<int> Drafts)
{
    /// <summary>False where a reference means nothing, which is reported, or was not looked up.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Its <c>Seed</c>, parsed; null where it has none.</summary>
    public Template? Seed { get; init; }
}
