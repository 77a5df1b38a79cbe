namespace Lightnix.Storage;

/// <summary>What a store is told of those who use it.</summary>
public sealed record StoreOptions
{
    /// <summary>Ends the builders of a session that died, before their working folders are swept; it is given a part of those folders' paths. Null: nobody does.</summary>
    public Action<string>? Abandoned { get; init; }

    /// <summary>Given a sentence when the store has to wait for another process; null: nobody is told.</summary>
    public Action<string>? Waiting { get; init; }

    /// <summary>The folder of the store that the tool takes where no <c>--store</c> is given; null: not known. Messages name the store where it is another.</summary>
    public string? ToolStore { get; init; }

    /// <summary>Ends waiting.</summary>
    public CancellationToken Cancelled { get; init; }
}
