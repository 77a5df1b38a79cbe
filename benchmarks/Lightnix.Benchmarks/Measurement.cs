namespace Lightnix.Benchmarks;

/// <summary>Which build of a project: the first does all the work, the second should do none.</summary>
enum Pass
{
    First,
    Second,
}

/// <summary>One build, timed.</summary>
sealed record Measurement(int Stages, Pass Pass, string Contestant, TimeSpan Time);
