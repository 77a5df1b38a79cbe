using Lightnix.Contracts;
using Lightnix.Explaining;
using Lightnix.Matching;
using Lightnix.Planning;
using Lightnix.Promises;

namespace Lightnix.Realizing;

/// <summary>Why a stage would run: what changed against the last selection of the stage in the project, or what its matcher
/// lacks.</summary>
public sealed class Why(Root last, ITraces traces, ITrees trees)
{
    /// <summary>Why a build would run a stage of which nothing is chosen, or cannot choose.</summary>
    public async ValueTask<Reason> OfAsync(StageMatch match, CancellationToken cancellationToken)
    {
        var (stage, resolved) = (match.Stage, match.Member.Resolved);
        var reason = await ChangesAsync(stage, resolved, cancellationToken).ConfigureAwait(false);
        switch (match.Decision)
        {
            case Decision.Unsatisfied unsatisfied:
                var broken = match.Candidates.SelectMany(j => j.Broken).SelectMany(b => b.Broken);
                return reason with { Problems = [unsatisfied.Reason, .. broken.Distinct(StringComparer.Ordinal)] };
            case Decision.RunMore more:
                var history = await traces.HistoryAsync(resolved.Reference, cancellationToken).ConfigureAwait(false);
                reason = reason with { Lacks = LacksOf(stage, more, history), Runs = more.Runs.Length };
                return history is { Runs.IsEmpty: true, Failures.IsEmpty: false }
                    ? reason with { Problems = [$"its last run failed: {history.Failures.MaxBy(f => f.Facts.Order)!.Reason}"] } : reason;
            default:
                return reason with { Lacks = "its result was collected from the store", Runs = 1 };
        }
    }

    /// <summary>What changed in the declaration of a stage whose inputs are not chosen yet.</summary>
    public async ValueTask<Reason> DeclaredAsync(PlannedStage stage, CancellationToken cancellationToken)
    {
        var before = Before(stage);
        var old = before is null ? null : await traces.FindAsync(before.Derivation, cancellationToken).ConfigureAwait(false);
        var changes = old is null ? []
            : Differences.Between(old with { Inputs = [] }, stage.Derivation with { Inputs = [] });
        return RulesOf(stage, before) with { Changes = Located(changes, stage), Runs = stage.IsChoice ? 0 : stage.Matcher.AtLeast };
    }

    /// <summary>Promises and matcher of a stage that differ from those of its last selection.</summary>
    public Reason RulesOf(PlannedStage stage) => RulesOf(stage, Before(stage));

    static Reason RulesOf(PlannedStage stage, Selection? before) => before is null ? Reason.None : new()
    {
        Rules = Differences.Between(
            ChoiceRules.Of(before), new(stage.Matcher, PromiseKey.Of(stage.Promises), stage.Demands)),
        Former = before.Choice.IsAmongStages ? null : before.Resolved,
    };

    Selection? Before(PlannedStage stage) => last.Stages.GetValueOrDefault(stage.Name.ToString());

    async ValueTask<Reason> ChangesAsync(PlannedStage stage, ResolvedStage resolved, CancellationToken cancellationToken)
    {
        var before = Before(stage);
        var reason = RulesOf(stage, before);
        if (before is null || before.Resolved == resolved.Reference
            || await traces.FindAsync(before.Resolved, cancellationToken).ConfigureAwait(false) is not { } old)
            return reason;
        var history = await traces.HistoryAsync(before.Resolved, cancellationToken).ConfigureAwait(false);
        var was = new Seen(old, VersionsOf(history), Seen.ListingBy(trees.Find,
            at => last.Stages.GetValueOrDefault(at)?.Choice.Trees ?? []));
        var now = new Seen(resolved.Resolved, resolved.Tools, Seen.ListingBy(trees.Find,
            at => resolved.Inputs.Where(i => i.Input.At == at).SelectMany(i => i.Choice.Trees)));
        return reason with { Changes = Located(Differences.Between(was, now), stage) };
    }

    /// <summary>Version texts of tools that runs recorded.</summary>
    public static ImmutableSortedDictionary<string, string> VersionsOf(History history) => history.Facts.SelectMany(f => f.Tools)
        .DistinctBy(t => t.Key).ToImmutableSortedDictionary(Utf8Order.Instance);

    /// <summary>With the places of sources as they are now.</summary>
    public static ImmutableArray<Cause> Located(ImmutableArray<Cause> causes, PlannedStage stage)
    {
        var files = stage.Sources.ToDictionary(s => Cause.Source + s.Entry.Path, s => s.File, StringComparer.Ordinal);
        return [.. causes.Select(c => c with { File = files.GetValueOrDefault(c.Field) })];
    }

    string LacksOf(PlannedStage stage, Decision.RunMore more, History history)
    {
        if (history.Runs.IsEmpty && Before(stage) is null)
            return "it was never built here";
        return stage.Matcher == Matcher.Default ? more.Reason : $"{MatcherText.Of(stage.Matcher)}: {more.Reason}";
    }
}
