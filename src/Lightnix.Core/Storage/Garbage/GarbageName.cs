namespace Lightnix.Storage;

/// <summary>What people call a result or the records of a stage.</summary>
/// <param name="Project">The project file; null where no root names it.</param>
/// <param name="Stage">As a root has it; else as it was called when it ran.</param>
/// <param name="Replicates">Of its runs, sorted.</param>
/// <param name="Metric">By the matcher that a root has; null where there is none, or the tree lacks it.</param>
public sealed record GarbageName(string? Project, string Stage, ImmutableArray<int> Replicates, string? Metric);
