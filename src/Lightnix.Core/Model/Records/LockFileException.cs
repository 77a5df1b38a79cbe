namespace Lightnix.Model;

/// <summary>A lock file that cannot be read, and where.</summary>
/// <param name="line">From 1; 0: not known.</param>
/// <param name="column">From 1; 0: not known.</param>
public sealed class LockFileException(string message, int line, int column) : Exception(message)
{
    public int Line { get; } = line;
    public int Column { get; } = column;
}
