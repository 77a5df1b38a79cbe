using Lightnix.Contracts;
using Lightnix.Planning;
using Lightnix.Projects;
using Lightnix.Promises;
using Lightnix.Storage;

namespace Lightnix.Queries;

/// <summary>What the last build of a project chose, beside what the project declares now.</summary>
/// <param name="store">Opened to look.</param>
sealed class LastBuild(Store store, ProjectRequest request)
{
    // A root of a former project at this path is no answer for this one.
    readonly Root _root = new LinkMemory(request.IntermediateFolder, request.Options.ProjectFile).WasBuilt
        ? new ProjectRoot(store, request.IntermediateFolder, request.Options.ProjectFile).Read(out _)
        : Root.None(request.Options.ProjectFile);

    /// <summary>Every declared stage with its choice; none if the declaration has mistakes.</summary>
    public ImmutableArray<ProjectStage> Stages(EventReporter events) =>
        ProjectPlanning.Outline(request, events) is { } plan ? [.. plan.Stages.Select(Recall)] : [];

    /// <summary>What the last build could not choose from; null if it chose, or did not try.</summary>
    public Reference<Resolved>? Pending(PlannedStage stage) => _root.Pending.GetValueOrDefault(stage.Name.ToString());

    /// <summary>The choice for a stage with all of its listings; null if there is none, or a tree of it is gone.</summary>
    public (Choice Choice, ImmutableArray<Tree> Trees)? Choice(PlannedStage stage)
    {
        if (_root.Stages.GetValueOrDefault(stage.Name.ToString())?.Choice is not { } choice
            || !(stage.Execution.IsIntermediate || choice.Trees.All(store.Trees.Contains)))
            return null;
        var trees = choice.Trees.Select(store.Trees.Find).OfType<Tree>().ToImmutableArray();
        return trees.Length < choice.Results.Length ? null : (choice, trees);
    }

    /// <summary>True if the last build found that its choice keeps a promise.</summary>
    public bool Kept(PlannedStage stage, Promise promise) =>
        _root.Stages.GetValueOrDefault(stage.Name.ToString())?.Promises.Contains(PromiseKey.Of(promise)) == true;

    ProjectStage Recall(PlannedStage stage)
    {
        if (Choice(stage) is not var (choice, trees))
            return new(stage, null, []) { Numbers = Numbers(stage, []) };
        var files = PromisedFiles.AreAskedFor(stage)
            ? PromisedFiles.Of(stage, choice, t => trees.First(tree => tree.Reference == t), store.Trees.FolderOf)
            : [];
        return new(stage, choice, [.. files.Where(f => f.WhyNoItem is null)])
        {
            Numbers = Numbers(stage, [.. trees.Select(t => store.Trees.Open(t))]),
        };
    }

    ImmutableArray<PromisedNumber> Numbers(PlannedStage stage, ImmutableArray<IResultFiles> results) =>
    [
        .. stage.Promises.Where(p => p.Type == PromiseType.Number || p.Pointer is not null)
            .Concat(_root.Stages.GetValueOrDefault(stage.Name.ToString()) is { } last ? RememberedNumbers.Of(stage, last) : [])
            .DistinctBy(p => (p.Path, p.Pointer))
            .Select(p => new PromisedNumber(p, [.. results.Select(r => Number(p, r))])),
    ];

    static double Number(Promise promise, IResultFiles result)
    {
        try
        {
            return result.Tree.Follow(promise.Path) is { } path && result.Tree.Find(path) is TreeEntry.File file
                ? NumberContent.Read(promise.Path, promise.Pointer, file, result).Value ?? double.NaN
                : double.NaN;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Of an evicted tree only small files stay.
            return double.NaN;
        }
    }
}
