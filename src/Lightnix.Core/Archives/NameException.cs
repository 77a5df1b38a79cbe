namespace Lightnix.Archives;

/// <summary>LNX2007: a name in an archive that a tree cannot hold.</summary>
sealed class NameException(string message) : Exception(message);
