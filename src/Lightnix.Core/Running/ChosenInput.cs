using Lightnix.Planning;

namespace Lightnix.Running;

/// <summary>An input of a stage, and what was chosen for it.</summary>
public sealed record ChosenInput(PlannedInput Input, Choice Choice);
