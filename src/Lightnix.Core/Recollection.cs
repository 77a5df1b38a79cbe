using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Projects;
using Lightnix.Promises;
using Lightnix.Realizing;
using Lightnix.Running;
using Lightnix.Storage;

namespace Lightnix;

/// <summary>What the last build of a project chose, put beside what the project declares now. Runs, hashes and writes nothing.</summary>
sealed class Recollection(Store store, PipelineRequest request)
{
    static readonly ImmutableArray<string> ForCells = [Names.Matrix, Names.Parameters];

    // A root of a former project at this path is no answer for this one.
    readonly Root _last = new LinkMemory(request.IntermediateFolder, request.Options.ProjectFile).WasBuilt
        ? new ProjectRoot(store, request.IntermediateFolder, request.Options.ProjectFile).Read(out _)
        : Root.None(request.Options.ProjectFile);

    /// <summary>Every stage that is declared; none where the declaration has mistakes.</summary>
    /// <param name="store">Opened to look.</param>
    public static ImmutableArray<RecalledStage> Of(PipelineRequest request, Store store, Teller teller) =>
        Planned(request, teller) is { } plan ? [.. plan.Stages.Select(new Recollection(store, request).Of)] : [];

    /// <summary>Every promise of the requested stages, as it is declared now, in the order of the project; none where the declaration has mistakes.</summary>
    public static ImmutableArray<TestedPromise> Test(PipelineRequest request, Teller teller)
    {
        if (Planned(request, teller) is not { } plan)
            return [];
        var (stages, problems, _) = StagePatterns.Select(plan, request.Options.Stages, StageScope.Of(request.Project, request.Options.IsPart));
        foreach (var problem in problems)
            teller.Tell(new BuildEvent.Diagnosed(problem));
        using var store = Store.OpenReadOnly(request.Store, new() { ToolStore = request.ToolStore });
        var recollection = new Recollection(store, request);
        return [.. stages.SelectMany(recollection.Test).OrderBy(t => t.Promise.Item.Ordinal)];
    }

    static Plan? Planned(PipelineRequest request, Teller teller)
    {
        var result = Planner.Plan(request.Project with { Items = [.. request.Project.Items.Where(i => i.Kind != ItemKind.Source).Select(Outline)] }, new UnreadContents());
        foreach (var diagnostic in result.Diagnostics)
            teller.Tell(new BuildEvent.Diagnosed(diagnostic));
        return result.Plan;
    }

    // Names, cells and promises: what builds a stage, and from what, does not matter, and a mistake in it is the next build's to tell.
    static DeclaredItem Outline(DeclaredItem item) => item.Kind != ItemKind.Stage
        ? item
        : item with { Metadata = item.Metadata.RemoveRange(item.Metadata.Keys.Where(k => !ForCells.Contains(k, StringComparer.OrdinalIgnoreCase))).SetItem(Names.Command, "outline") };

    RecalledStage Of(PlannedStage stage) => Choice(stage) is not { } choice
        ? new(stage, 0, [], Numbers(stage, []))
        : new(
            stage,
            choice.Trees.Length,
            PromisedFiles.AreAskedFor(stage) ? [.. PromisedFiles.Of(stage, choice.Selection.Choice, t => choice.Trees.First(tree => tree.Reference == t), store.Trees.FolderOf).Where(f => f.WhyNoItem is null)] : [],
            Numbers(stage, [.. choice.Trees.Select(t => store.Trees.Open(t))]));

    // Of a stage that failed last, an older choice says nothing.
    IEnumerable<TestedPromise> Test(PlannedStage stage)
    {
        if (_last.Pending.TryGetValue(stage.Name.ToString(), out var pending))
            return TestUnchosen(stage, store.Records.History(pending));
        var trees = Choice(stage)?.Trees ?? [];
        return stage.Promises.Select(promise => Tested(stage, promise, trees, trees.Length));
    }

    IEnumerable<TestedPromise> TestUnchosen(PlannedStage stage, History history)
    {
        var rejected = history.Rejections.Select(r => r.Realization).ToHashSet();
        ImmutableArray<Tree> trees =
        [
            .. history.Runs.Where(r => !rejected.Contains(r.Realization)).OrderByDescending(r => r.Facts.Order).Select(r => r.Tree).Distinct()
                .Where(store.Trees.Contains).Select(store.Trees.Find).OfType<Tree>(),
        ];
        var unchosen = new UnchosenStage(trees.Length, history.Failures.MaxBy(f => f.Facts.Order)?.Reason);
        return stage.Promises.Select(promise => Tested(stage, promise, trees, chosen: 0) with { Unchosen = unchosen });
    }

    // Of a choice, one result that breaks it is enough; of results that were not chosen, one that keeps it.
    TestedPromise Tested(PlannedStage stage, Promise promise, ImmutableArray<Tree> trees, int chosen)
    {
        var broken = trees.Select(t => (Tree: t, Verdict: PromiseCheck.Check([promise], store.Trees.Open(t))[0])).Where(v => !v.Verdict.IsKept).ToImmutableArray();
        if (broken.IsEmpty || (chosen == 0 && broken.Length < trees.Length))
            return new(stage, promise, chosen, []);
        return new(stage, promise, chosen, [.. broken.SelectMany(v => v.Verdict.Broken).Distinct(StringComparer.Ordinal)]) { Folder = store.Trees.FolderOf(broken[0].Tree.Reference) };
    }

    // Whole, or none.
    (Selection Selection, ImmutableArray<Tree> Trees)? Choice(PlannedStage stage)
    {
        if (!_last.Stages.TryGetValue(stage.Name.ToString(), out var selection) || !selection.Choice.Trees.All(store.Trees.Contains))
            return null;
        var trees = selection.Choice.Trees.Select(store.Trees.Find).OfType<Tree>().ToImmutableArray();
        return trees.Length < selection.Results.Length ? null : (selection, trees);
    }

    static ImmutableArray<PromisedNumber> Numbers(PlannedStage stage, ImmutableArray<IResultFiles> results) =>
    [
        .. stage.Promises
            .Where(p => p.Type == PromiseType.Number || p.Pointer is not null)
            .Select(p => new PromisedNumber(p, [.. results.Select(r => Read(p, r))])),
    ];

    static double Read(Promise promise, IResultFiles result) =>
        result.Tree.Follow(promise.Path) is { } path && result.Tree.Find(path) is TreeEntry.File file
            ? NumberContent.Read(promise.Path, promise.Pointer, file, result).Value ?? double.NaN
            : double.NaN;
}
