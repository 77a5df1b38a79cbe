namespace Lightnix.Storage;

/// <summary>Garbage that could not be removed.</summary>
/// <param name="Place">Its path below the store's folder, with <c>/</c>.</param>
/// <param name="Why">What the system said.</param>
public sealed record Stuck(string Place, string Why);
