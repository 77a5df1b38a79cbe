namespace Lightnix.Matching;

/// <summary>A run as a matcher sees it.</summary>
public sealed record RunMark(int Replicate, int Attempt, long Order);
