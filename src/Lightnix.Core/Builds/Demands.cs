using Lightnix.Planning;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>What a build wants of each stage of its plan.</summary>
sealed class Demands(Plan plan, ImmutableHashSet<StageName> requested, BuildOptions options)
{
    readonly ImmutableSortedSet<StageName> _closure = plan.ClosureOf(requested);

    ImmutableSortedSet<StageName> MayBeMissing => field ??= plan.MayBeMissing(_closure);

    /// <summary>True of a stage whose failure is a warning.</summary>
    public bool MayFail(StageName stage) => MayBeMissing.Contains(stage);

    /// <summary>True for requested stages and for stages that they need.</summary>
    public bool IsRequested(StageName stage) => _closure.Contains(stage);

    public Demand Of(StageName stage)
    {
        if (!IsRequested(stage))
            return Demand.Observe;
        var mode = options.Mode == BuildMode.Plan ? options.PlanOf : options.Mode;
        return mode switch
        {
            BuildMode.Run when requested.Contains(stage) => Demand.RunAgain,
            BuildMode.Repeat when requested.Contains(stage) => Demand.Repeat,
            _ => Demand.Realize,
        };
    }
}
