namespace Lightnix.Benchmarks;

/// <summary>One build, timed.</summary>
sealed record Measurement(int Stages, Pass Pass, string Contestant, TimeSpan Time);
