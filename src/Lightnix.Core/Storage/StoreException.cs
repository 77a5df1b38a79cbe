namespace Lightnix.Storage;

/// <summary>A store cannot be used, or refuses what was to be stored. <see cref="StorageErrors"/> makes them.</summary>
public sealed class StoreException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>The same as an error of a build, without a place.</summary>
    public Diagnostic ToDiagnostic() => new(Code, Severity.Error, Message);
}
