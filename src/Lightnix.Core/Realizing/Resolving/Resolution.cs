namespace Lightnix.Realizing;

/// <summary>How resolving a stage came out.</summary>
/// <param name="Stage">Null where there is a problem, or where an input has no choice.</param>
/// <param name="Problems">Why there is none.</param>
public sealed record Resolution(ResolvedStage? Stage, ImmutableArray<Diagnostic> Problems)
{
    /// <summary>An input has no choice, or a locked build does not try the stage.</summary>
    public static Resolution Blocked { get; } = new(null, []);

    public static Resolution Of(Diagnostic problem) => new(null, [problem]);
}
