namespace Lightnix.Hashing;

/// <summary>Why something is no JSON, and where.</summary>
/// <param name="Message">Says the place as well.</param>
/// <param name="Line">From 1; 0: not known.</param>
/// <param name="Column">In bytes or characters, from 1; 0: not known.</param>
public sealed record JsonProblem(string Message, int Line, int Column);
