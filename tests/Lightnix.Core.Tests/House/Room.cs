namespace Lightnix.House;

/// <summary>A row of the table: what a room may use, and what it may not.</summary>
/// <param name="Folder">Below the repository, with a slash at the end.</param>
/// <param name="Namespace">Of every file in it.</param>
/// <param name="MayUse">Other rooms of the core.</param>
/// <param name="MayNot">What must not be named in it.</param>
/// <param name="Reason">Why: every message ends with it.</param>
sealed record Room(string Name, string Folder, string Namespace, ImmutableArray<string> MayUse, ImmutableArray<Ban> MayNot, string Reason);
