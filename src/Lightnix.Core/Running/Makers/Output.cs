namespace Lightnix.Running;

/// <summary>What a maker gave.</summary>
abstract record Output
{
    Output() { }

    /// <summary>A tree that is in the store.</summary>
    /// <param name="Url">Of a download, where it came from; null for others.</param>
    public sealed record Taken(Tree Tree, string? Url) : Output;

    /// <param name="Diagnose">Makes the error, given the stored log's file; null where nothing was printed.</param>
    public sealed record Failed(int? ExitCode, string Reason, Func<string?, Diagnostic> Diagnose) : Output
    {
        /// <summary>True for a time limit after the builder had written to its checkpoint: the next try will get further.</summary>
        public bool HasProgressed { get; init; }

        /// <summary>The end of what the builder printed, where the log could not take it.</summary>
        public string? Unlogged { get; init; }
    }
}
