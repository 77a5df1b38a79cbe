namespace Lightnix.Model;

/// <summary>A place in a text file.</summary>
/// <param name="File">Absolute.</param>
/// <param name="Line">From 1; 0: not known.</param>
/// <param name="Column">From 1; 0: not known.</param>
public sealed record TextPlace(string File, int Line, int Column);
