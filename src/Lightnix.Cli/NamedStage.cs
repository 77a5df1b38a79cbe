namespace Lightnix.Cli;

/// <summary>A stage of a project, with what the last build chose for it.</summary>
sealed record NamedStage(Root Root, string Stage, Selection Selection);
