namespace Lightnix.Cli;

/// <summary>Standard output takes nothing: a full disk, or a file that is closed. The store has no part in that.</summary>
sealed class OutputException(Exception cause) : Exception(cause.Message, cause);
