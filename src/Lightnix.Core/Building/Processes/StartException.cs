namespace Lightnix.Building;

/// <summary>A process could not be started.</summary>
sealed class StartException(string message) : Exception(message);
