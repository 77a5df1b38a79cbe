namespace Lightnix.Planning;

/// <summary>A file or folder of the working tree cannot be taken, though it exists. Carries the code of the diagnostic.</summary>
public abstract class ContentException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
