namespace Lightnix.Planning;

/// <summary>Something of the working tree that is there and cannot be taken; carries the code.</summary>
public abstract class ContentException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
