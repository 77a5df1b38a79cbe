using Lightnix.Model;

namespace Lightnix.Running;

/// <summary>What a builder gave.</summary>
abstract record Made
{
    Made() { }

    public sealed record Taken(Tree Tree, string? Url) : Made;

    /// <param name="Diagnose">Given the log's file, which is known only when it is stored; null where nothing was printed.</param>
    public sealed record Not(int? ExitCode, string Reason, Func<string?, Diagnostic> Diagnose) : Made;
}
