namespace Lightnix.Matching;

/// <summary>A run that a matcher asks for.</summary>
public sealed record NextRun(int Replicate, int Attempt);
