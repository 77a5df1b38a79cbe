namespace Lightnix.Cli;

/// <summary>What a verb writes to takes nothing: a full disk, or a file that is closed. The store has no part in that.</summary>
/// <param name="what">The subject of the sentence, as <c>standard output</c>.</param>
sealed class OutputException(string what, Exception cause) : Exception($"{what} could not be written: {cause.Message}", cause);
