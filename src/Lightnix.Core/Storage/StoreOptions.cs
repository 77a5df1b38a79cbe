namespace Lightnix.Storage;

/// <summary>How a store is used.</summary>
public sealed record StoreOptions
{
    /// <summary>Ends the builders of a dead session before their working folders are swept; it gets a part of those folders' paths. Null:
    /// none are ended.</summary>
    public Action<string>? Abandoned { get; init; }

    /// <summary>Gets a sentence when the store waits for another process.</summary>
    public Action<string>? Waiting { get; init; }

    /// <summary>The store that the tool takes without <c>--store</c>; null: not known. Messages name any other store.</summary>
    public string? ToolStore { get; init; }

    /// <summary>Ends waiting.</summary>
    public CancellationToken Cancelled { get; init; }
}
