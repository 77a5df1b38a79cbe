namespace Lightnix.Running;

/// <summary>What a run takes of its machine.</summary>
public sealed record Resources(int Cores);
