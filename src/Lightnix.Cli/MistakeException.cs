namespace Lightnix.Cli;

/// <summary>What was asked for makes no sense, or names nothing; the message says what would.</summary>
sealed class MistakeException(string message) : Exception(message);
