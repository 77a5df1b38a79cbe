namespace Lightnix.Benchmarks;

/// <summary>Which build of a project: the first does all the work, the second should do none.</summary>
enum Pass
{
    First,
    Second,
}
