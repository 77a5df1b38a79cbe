namespace Lightnix.Tasks;

/// <summary>Where something is written, for people and for editors.</summary>
/// <param name="Line">From 1; 0: not known.</param>
/// <param name="Column">From 1; 0: not known.</param>
readonly record struct Place(string File, int Line, int Column);
