using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>What a build wants of each stage of its plan.</summary>
sealed class Demand(Plan plan, ImmutableHashSet<StageName> requested, BuildOptions options)
{
    readonly ImmutableSortedSet<StageName> _closure = plan.ClosureOf(requested);

    /// <summary>True for requested stages and for stages that they need.</summary>
    public bool IsAsked(StageName stage) => _closure.Contains(stage);

    /// <summary>True for a stage of which a plan foresees one more replicate.</summary>
    public bool IsPlannedAgain(StageName stage) => options.PlanOf == BuildMode.Run && requested.Contains(stage);

    public Wish Of(StageName stage)
    {
        if (!IsAsked(stage))
            return Wish.Look;
        return options.Mode == BuildMode.Run && requested.Contains(stage) ? Wish.RunAgain : Wish.Realize;
    }
}
