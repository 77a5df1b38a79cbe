using Lightnix.Explaining;
using Lightnix.Queries;
using Lightnix.Storage;

namespace Lightnix.Cli;

/// <summary>Why stages would run now, or ran last time.</summary>
/// <param name="Stage">Name or pattern; empty: the whole project.</param>
/// <param name="Plan">Of what was asked and all that it is made from; null where the project was not evaluated.</param>
sealed record WhyAnswer(Store Store, string Project, string Stage, ImmutableArray<StageReason>? Plan)
{
    /// <summary>Of stages that are up to date, or whose project was not evaluated.</summary>
    public ImmutableArray<PastReason> Past { get; init; } = [];

    /// <summary>What the plan says of the stages that were asked for.</summary>
    public ImmutableArray<StageReason> Asked => [.. (Plan ?? []).Where(p => IsMeant(Stage, p.Stage.ToString()))];

    /// <summary>Stages of the plan that would run, choose again or fail.</summary>
    public ImmutableArray<StageReason> Open => [.. (Plan ?? []).Where(p => p.IsOpen)];

    public RunTimes Times => RunTimes.Of(Store, Open);

    public static bool IsMeant(string pattern, string stage) => pattern.Length == 0 || RunsCommand.IsMeant(pattern, stage);
}
