namespace Lightnix.House;

/// <summary>An exception to a row, with its reason.</summary>
/// <param name="File">Below the repository.</param>
/// <param name="What">The ban that is lifted there, as messages quote it.</param>
sealed record Allowance(string File, string What, string Reason);
