namespace Lightnix.Model;

/// <summary>What a builder printed, kept as it was; known by the SHA-256 of its bytes.</summary>
public sealed class Log
{
    Log() { }
}
