namespace Lightnix.Running;

/// <summary>A run that an executor has taken over.</summary>
/// <param name="Name">Unique for the executor.</param>
public sealed record Submission(string Name);
