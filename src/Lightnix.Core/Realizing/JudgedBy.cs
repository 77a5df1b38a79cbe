using Lightnix.Planning;

namespace Lightnix.Realizing;

/// <summary>What results of a stage are judged by.</summary>
public sealed record JudgedBy(StageName Stage, ImmutableArray<Promise> Promises, Matcher Matcher)
{
    public static JudgedBy Of(PlannedStage stage) => new(stage.Name, stage.Promises, stage.Matcher);

    /// <summary>As the last build judged; null where a root of an older format does not have the promises.</summary>
    public static JudgedBy? Of(StageName stage, Selection selection) => selection.Demands.IsEmpty && !selection.Promises.IsEmpty ? null
        : new(stage, [.. selection.Demands.Select(d => d.ToPromise())], selection.Matcher);
}
