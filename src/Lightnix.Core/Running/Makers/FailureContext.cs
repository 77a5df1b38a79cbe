namespace Lightnix.Running;

/// <summary>What a message says about a failure, beside its reason and its log.</summary>
sealed record FailureContext
{
    /// <summary>Lines about earlier tries and about the cause, each with a newline in front; or empty.</summary>
    public string Before { get; init; } = "";

    /// <summary>What the builder could not have in its sandbox; or empty.</summary>
    public string Sandbox { get; init; } = "";

    /// <summary>The store, where its disk is full, which explains more than anything else; or null.</summary>
    public string? FullStore { get; init; }
}
