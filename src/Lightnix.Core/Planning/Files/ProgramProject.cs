namespace Lightnix.Planning;

/// <summary>The build that a stage runs, by <c>Program</c>, <c>ProgramConfiguration</c> and <c>ProgramFramework</c>.</summary>
/// <param name="Project">As declared (MSBuild escapes decoded).</param>
/// <param name="Configuration">Null: Release.</param>
/// <param name="Framework">Null: the only one.</param>
public sealed record ProgramProject(string Project, string? Configuration = null, string? Framework = null) : IComparable<ProgramProject>
{
    public int CompareTo(ProgramProject? other) => string.CompareOrdinal(Key, other?.Key);

    public override string ToString() => Project;

    // No path holds a line break.
    string Key => $"{Project}\n{Configuration}\n{Framework}";
}
