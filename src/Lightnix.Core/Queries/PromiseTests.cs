using Lightnix.Planning;
using Lightnix.Promises;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>Tests promises, as they are declared now, against what the last build chose.</summary>
sealed class PromiseTests(Store store, LastBuild last)
{
    /// <summary>Every promise of the requested stages, in the order of the project; none if the declaration has mistakes.</summary>
    public static ImmutableArray<TestedPromise> Of(ProjectRequest request, EventReporter events)
    {
        if (ProjectPlanning.Outline(request, events, withInputs: true) is not { } plan)
            return [];
        var scope = StageScope.Of(request.Project, request.Options.IsPart);
        var (stages, problems, _) = StagePatterns.Select(plan, request.Options.Stages, scope);
        events.Report(problems);
        using var store = request.OpenReadOnly();
        var tests = new PromiseTests(store, new(store, request));
        var mayBeMissing = plan.MayBeMissing(plan.ClosureOf(stages.Select(s => s.Name)));
        return [.. stages.SelectMany(tests.Test).OrderBy(t => t.Promise.Item.Ordinal)
            .Select(t => t with { IsSkipped = !t.IsKept && mayBeMissing.Contains(t.Stage.Name) })];
    }

    // After a build that could not choose, an older choice says nothing.
    IEnumerable<TestedPromise> Test(PlannedStage stage)
    {
        if (last.Pending(stage) is { } pending)
            return TestUnchosen(stage, store.Records.History(pending));
        var trees = last.Choice(stage)?.Trees ?? [];
        return trees.All(t => store.Trees.Contains(t.Reference))
            ? stage.Promises.Select(promise => Test(stage, promise, trees, trees.Length))
            : stage.Promises.Select(promise => new TestedPromise(stage, promise, last.Kept(stage, promise) ? trees.Length : 0, []));
    }

    IEnumerable<TestedPromise> TestUnchosen(PlannedStage stage, History history)
    {
        var rejected = history.Rejections.Select(r => r.Realization).ToHashSet();
        var candidates = history.Runs.Where(r => !rejected.Contains(r.Realization)).OrderByDescending(r => r.Facts.Order);
        ImmutableArray<Tree> trees =
            [.. candidates.Select(r => r.Tree).Distinct().Where(store.Trees.Contains).Select(store.Trees.Find).OfType<Tree>()];
        var unchosen = new UnchosenStage(trees.Length, history.Failures.MaxBy(f => f.Facts.Order)?.Reason);
        return stage.Promises.Select(promise => Test(stage, promise, trees, chosen: 0) with { Unchosen = unchosen });
    }

    // One chosen result that breaks a promise is enough; of results that were not chosen, one that keeps it.
    TestedPromise Test(PlannedStage stage, Promise promise, ImmutableArray<Tree> trees, int chosen)
    {
        var verdicts = trees.Select(tree => (Tree: tree, PromiseCheck.Check([promise], store.Trees.Open(tree))[0].Broken));
        var broken = verdicts.Where(v => !v.Broken.IsEmpty).ToImmutableArray();
        if (broken.IsEmpty || (chosen == 0 && broken.Length < trees.Length))
            return new(stage, promise, chosen, []);
        return new(stage, promise, chosen, [.. broken.SelectMany(v => v.Broken).Distinct(StringComparer.Ordinal)])
        {
            Folder = store.Trees.FolderOf(broken[0].Tree.Reference),
        };
    }
}
