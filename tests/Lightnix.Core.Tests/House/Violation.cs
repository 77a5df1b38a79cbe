namespace Lightnix.House;

/// <summary>Where the house is not in order, and why that matters.</summary>
sealed record Violation(string File, int Line, string Reason)
{
    public override string ToString() => FormattableString.Invariant($"{File}({Line}): {Reason}");
}
