using Lightnix.Planning;
using Lightnix.Realizing;

namespace Lightnix.Builds;

/// <summary>What a build wants of each stage of its plan.</summary>
sealed class Demands(Plan plan, ImmutableHashSet<StageName> requested, BuildOptions options)
{
    readonly ImmutableSortedSet<StageName> _closure = plan.ClosureOf(requested);

    ImmutableHashSet<StageName> Skipped => field ??= FindSkipped();

    /// <summary>
    /// True of a stage that only choices need which skip failures: directly, or by way of other such stages. Its failure is a warning.
    /// </summary>
    public bool MayFail(StageName stage) => Skipped.Contains(stage);

    ImmutableHashSet<StageName> FindSkipped()
    {
        if (!plan.Stages.Any(s => s.Execution.SkipsFailed))
            return [];
        var readers = plan.Stages.Where(s => _closure.Contains(s.Name)).SelectMany(s => s.Inputs.Select(i => (Of: i.Stage, By: s)))
            .ToLookup(i => i.Of, i => i.By);
        var skipped = ImmutableHashSet.CreateBuilder<StageName>();
        // Readers come after what they read.
        foreach (var stage in plan.Stages.Reverse().Where(s => readers.Contains(s.Name)))
        {
            if (readers[stage.Name].All(r => r.Execution.SkipsFailed || skipped.Contains(r.Name)))
                skipped.Add(stage.Name);
        }
        return skipped.ToImmutable();
    }

    /// <summary>True for requested stages and for stages that they need.</summary>
    public bool IsRequested(StageName stage) => _closure.Contains(stage);

    public Demand Of(StageName stage)
    {
        if (!IsRequested(stage))
            return Demand.Observe;
        var mode = options.Mode == BuildMode.Plan ? options.PlanOf : options.Mode;
        return mode == BuildMode.Run && requested.Contains(stage) ? Demand.RunAgain : Demand.Realize;
    }
}
